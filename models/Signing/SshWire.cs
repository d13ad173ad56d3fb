using System.Buffers.Binary;
using System.Text;

namespace Innovation1551.Models.Signing;

/// <summary>Strings as SSH has them on the wire (RFC 4251, section 5): four bytes of length, then the bytes.</summary>
internal static class SshWire
{
    public const string KeyType = "ssh-ed25519";

    public static byte[] Strings(params ReadOnlySpan<byte[]> parts)
    {
        using var wire = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            wire.Write(length);
            wire.Write(part);
        }
        return wire.ToArray();
    }

    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>Takes the next string off the front.</summary>
    /// <exception cref="FormatException">There is no whole one.</exception>
    public static byte[] Take(ref ReadOnlySpan<byte> wire)
    {
        if (wire.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(wire) is var length && (length < 0 || length > wire.Length - 4))
            throw new FormatException("a string ends before its length says");
        var part = wire.Slice(4, length).ToArray();
        wire = wire[(4 + length)..];
        return part;
    }
}
