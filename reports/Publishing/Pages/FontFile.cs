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

    /// <summary>Offsets of glyphs are whole, and not halved to fit into two bytes.</summary>
    private readonly bool _isLong;
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

        _isLong = BinaryPrimitives.ReadInt16BigEndian(Table("head")[50..]) == 1;
        Glyphs = Table("loca").Length / (_isLong ? 4 : 2) - 1;
        using var data = SKData.Create(_address, length);
        Typeface = SKTypeface.FromData(data) ?? throw new InvalidOperationException($"{name} is not a font");
    }

    internal SKTypeface Typeface { get; }

    /// <summary>A table as the file has it; empty where it has none.</summary>
    internal ReadOnlySpan<byte> Table(string tag) => _tables.TryGetValue(tag, out var table) ? Bytes(table.Offset, table.Length) : default;

    /// <summary>How many glyphs there are.</summary>
    internal int Glyphs { get; }

    /// <summary>The outline of a glyph as the file has it; empty for one without ink.</summary>
    internal ReadOnlySpan<byte> Outline(int glyph) => Table("glyf")[Offset(glyph)..Offset(glyph + 1)];

    private int Offset(int glyph) =>
        _isLong
            ? (int)BinaryPrimitives.ReadUInt32BigEndian(Table("loca")[(glyph * 4)..])
            : BinaryPrimitives.ReadUInt16BigEndian(Table("loca")[(glyph * 2)..]) * 2;

    private unsafe ReadOnlySpan<byte> Bytes(int offset, int length) => new((byte*)_address + offset, length);
}
