using System.Buffers.Binary;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>An Arrow file from a machine that writes the high byte of a number first.</summary>
internal sealed class BigEndianException : Exception;

/// <summary>
/// Looks up the byte order that an Arrow schema states (Schema.fbs, field endianness): the library does not say, and would hand out numbers
/// with their bytes swapped. What is no schema is left to the library to refuse.
/// </summary>
internal static class ArrowByteOrder
{
    private const int LongestSchema = 16 << 20;

    /// <summary>Fields by their place in Message.fbs and Schema.fbs.</summary>
    private const int MessageHeader = 2,
        SchemaEndianness = 0;
    private const short Big = 1;

    /// <exception cref="BigEndianException">The schema says so.</exception>
    public static void DemandLittleEndian(Stream file)
    {
        Span<byte> start = stackalloc byte[8];
        if (!Take(file, start))
            return;
        // A file begins with its magic and two bytes of padding; then comes the stream.
        if (start[..6].SequenceEqual("ARROW1"u8) && !Take(file, start))
            return;
        var length = BinaryPrimitives.ReadInt32LittleEndian(start[4..]);
        // Before version 0.15 the length stood first, without a mark.
        if (BinaryPrimitives.ReadInt32LittleEndian(start) != -1)
        {
            length = BinaryPrimitives.ReadInt32LittleEndian(start);
            file.Position -= 4;
        }
        if (length is < 8 or > LongestSchema)
            return;
        var message = new byte[length];
        if (!Take(file, message))
            return;
        try
        {
            var root = U32(message, 0);
            if (Field(message, root, MessageHeader) is not { } header)
                return;
            var schema = header + U32(message, header);
            if (Field(message, schema, SchemaEndianness) is { } order && BinaryPrimitives.ReadInt16LittleEndian(message.AsSpan(order)) == Big)
                throw new BigEndianException();
        }
        catch (ArgumentOutOfRangeException)
        {
            // It points outside itself: damaged, and the library refuses it.
        }
    }

    /// <summary>Where a field of a FlatBuffers table stands; null where it has its default.</summary>
    private static int? Field(byte[] buffer, int table, int field)
    {
        var places = table - BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(table));
        if (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(places)) <= 4 + 2 * field)
            return null;
        var at = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(places + 4 + 2 * field));
        return at == 0 ? null : table + at;
    }

    private static int U32(byte[] buffer, int at) =>
        checked((int)BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at)) is var value && value >= 0 ? value : int.MaxValue / 2);

    private static bool Take(Stream file, Span<byte> into) => file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
}
