using System.Buffers.Binary;
using System.Text;
using SkiaSharp;

namespace Innovation1551.Publishing.Pages;

/// <summary>
/// A TrueType file where it lies in the program. Skia, the outlines and the subsets all read the same mapped bytes: ten megabytes a
/// weight, of which a report touches a few hundred glyphs.
/// </summary>
internal sealed class FontFile
{
    private readonly nint _address;
    private readonly Dictionary<string, (int Offset, int Length)> _tables = new(StringComparer.Ordinal);

    internal FontFile(string name)
    {
        const int Header = 12,
            Entry = 16;
        (_address, var length) = ShippedFile.Mapped(name);
        var file = Bytes(0, length);
        for (var i = 0; i < BinaryPrimitives.ReadUInt16BigEndian(file[4..]); i++)
        {
            var entry = file.Slice(Header + Entry * i, Entry);
            _tables.Add(
                Encoding.ASCII.GetString(entry[..4]),
                (checked((int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..])), checked((int)BinaryPrimitives.ReadUInt32BigEndian(entry[12..])))
            );
        }

        using var data = SKData.Create(_address, length);
        Typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is not a font");
    }

    internal SKTypeface Typeface { get; }

    /// <summary>A table as the file has it; empty where it has none.</summary>
    internal ReadOnlySpan<byte> Table(string tag) => _tables.TryGetValue(tag, out var table) ? Bytes(table.Offset, table.Length) : default;

    private unsafe ReadOnlySpan<byte> Bytes(int offset, int length) => new((byte*)_address + offset, length);
}
