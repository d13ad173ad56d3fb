using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Numerics;
using System.Text;

namespace Innovation1551.Publishing.Pages;

/// <summary>
/// Cuts a TrueType font down to the characters asked for: as WOFF 1.0 for a page, as it is for the typesetter, which keeps each font in
/// its memory. Glyphs keep their numbers and merely lose their outlines when unused, so that only four tables have to be written anew:
/// glyf, loca, cmap and head, and kerning stays right. What would put another glyph in a glyph's place is left out.
/// </summary>
internal static class FontSubset
{
    private const uint TrueType = 0x00010000;
    private static readonly string[] Copied = ["OS/2", "hhea", "hmtx", "maxp", "name", "post"];

    /// <summary>How glyphs stand to each other: kerning and accents.</summary>
    private static readonly string[] Placing = ["GDEF", "GPOS"];

    /// <summary>The characters of texts, entities resolved, that the font has, and all printable ones of ASCII, in order.</summary>
    public static int[] Runes(IEnumerable<string> texts, FontFile font) =>
        [
            .. texts
                .SelectMany(t => WebUtility.HtmlDecode(t).EnumerateRunes())
                .Select(r => r.Value)
                .Concat(Enumerable.Range(0x20, 0x5F))
                .Distinct()
                .Where(r => font.Typeface.GetGlyph(r) != 0)
                .Order(),
        ];

    public static byte[] Woff(FontFile font, IReadOnlyList<int> runes) => Pack(Tables(font, runes, Copied));

    /// <summary>A font file of its own.</summary>
    public static byte[] File(FontFile font, IReadOnlyList<int> runes)
    {
        const int Header = 12,
            Entry = 16;
        var tables = Tables(font, runes, [.. Copied, .. Placing]);
        var file = new byte[Header + Entry * tables.Count + tables.Sum(t => Padded(t.Value.Length))];
        BinaryPrimitives.WriteUInt32BigEndian(file, TrueType);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Count);
        var power = BitOperations.Log2((uint)tables.Count);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(Entry << power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(Entry * tables.Count - (Entry << power)));
        var offset = Header + Entry * tables.Count;
        foreach (var (i, (tag, table)) in tables.Index())
        {
            var entry = file.AsSpan(Header + Entry * i);
            BinaryPrimitives.WriteUInt32BigEndian(entry, Tag(tag));
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(table));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)table.Length);
            table.CopyTo(file, offset);
            offset += Padded(table.Length);
        }

        return file;
    }

    private static List<KeyValuePair<string, byte[]>> Tables(FontFile font, IReadOnlyList<int> runes, IEnumerable<string> copied)
    {
        var keep = new SortedDictionary<int, ushort>();
        foreach (var rune in runes)
            keep[rune] = font.Typeface.GetGlyph(rune);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var tag in copied)
            if (font.Table(tag) is { IsEmpty: false } table)
                tables[tag] = tag == "post" ? Nameless(table) : table.ToArray();
        var head = font.Table("head").ToArray();
        (tables["glyf"], tables["loca"]) = Glyphs(font, keep.Values);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        tables["head"] = head;
        tables["cmap"] = CharacterMap(keep);
        return [.. tables];
    }

    private static uint Tag(string tag) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(tag));

    /// <summary>A post table without glyph names.</summary>
    private static byte[] Nameless(ReadOnlySpan<byte> post)
    {
        var short3 = post[..32].ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(short3, 0x00030000);
        return short3;
    }

    private static (byte[] Glyf, byte[] Loca) Glyphs(FontFile font, IEnumerable<ushort> wanted)
    {
        var kept = new HashSet<int> { 0 };
        var open = new Stack<int>(wanted.Select(g => (int)g));
        while (open.TryPop(out var glyph))
            if (kept.Add(glyph))
                foreach (var part in Parts(font.Outline(glyph)))
                    open.Push(part);
        using var outlines = new MemoryStream();
        var offsets = new byte[(font.Glyphs + 1) * 4];
        for (var glyph = 0; glyph < font.Glyphs; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(glyph * 4), (uint)outlines.Length);
            if (!kept.Contains(glyph))
                continue;
            outlines.Write(font.Outline(glyph));
            while (outlines.Length % 4 != 0)
                outlines.WriteByte(0);
        }

        BinaryPrimitives.WriteUInt32BigEndian(offsets.AsSpan(font.Glyphs * 4), (uint)outlines.Length);
        return (outlines.ToArray(), offsets);
    }

    /// <summary>The glyphs that a composite glyph is put together from.</summary>
    private static List<int> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<int>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return parts;
        const int Words = 1,
            Scale = 8,
            More = 32,
            TwoScales = 64,
            Matrix = 128;
        int at = 10,
            flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at +=
                4
                + ((flags & Words) != 0 ? 4 : 2)
                + (
                    (flags & Scale) != 0 ? 2
                    : (flags & TwoScales) != 0 ? 4
                    : (flags & Matrix) != 0 ? 8
                    : 0
                );
        } while ((flags & More) != 0);
        return parts;
    }

    /// <summary>A character map of format 12: runs of characters whose glyphs follow each other.</summary>
    private static byte[] CharacterMap(SortedDictionary<int, ushort> glyphs)
    {
        var groups = new List<(int First, int Last, int Glyph)>();
        foreach (var (rune, glyph) in glyphs)
            if (groups is [.., var run] && run.Last + 1 == rune && run.Glyph + rune - run.First == glyph)
                groups[^1] = run with { Last = rune };
            else
                groups.Add((rune, rune, glyph));
        var map = new byte[12 + 16 + groups.Count * 12];
        var at = 0;
        foreach (var word in new ushort[] { 0, 1, 3, 10, 0, 12, 12, 0 })
        {
            BinaryPrimitives.WriteUInt16BigEndian(map.AsSpan(at), word);
            at += 2;
        }

        foreach (var value in new[] { map.Length - 12, 0, groups.Count }.Concat(groups.SelectMany(g => new[] { g.First, g.Last, g.Glyph })))
        {
            BinaryPrimitives.WriteUInt32BigEndian(map.AsSpan(at), (uint)value);
            at += 4;
        }

        return map;
    }

    private static byte[] Pack(List<KeyValuePair<string, byte[]>> tables)
    {
        const int Header = 44,
            Entry = 20;
        var packed = tables.Select(t => Deflate(t.Value)).ToArray();
        var total = Header + Entry * tables.Count + packed.Sum(p => Padded(p.Length));
        var woff = new byte[total];
        BinaryPrimitives.WriteUInt32BigEndian(woff, Tag("wOFF"));
        BinaryPrimitives.WriteUInt32BigEndian(woff.AsSpan(4), TrueType);
        BinaryPrimitives.WriteUInt32BigEndian(woff.AsSpan(8), (uint)total);
        BinaryPrimitives.WriteUInt16BigEndian(woff.AsSpan(12), (ushort)tables.Count);
        BinaryPrimitives.WriteUInt32BigEndian(woff.AsSpan(16), (uint)(12 + 16 * tables.Count + tables.Sum(t => Padded(t.Value.Length))));
        BinaryPrimitives.WriteUInt16BigEndian(woff.AsSpan(20), 1);
        var offset = Header + Entry * tables.Count;
        for (var i = 0; i < tables.Count; i++)
        {
            var entry = woff.AsSpan(Header + Entry * i);
            BinaryPrimitives.WriteUInt32BigEndian(entry, Tag(tables[i].Key));
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)packed[i].Length);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)tables[i].Value.Length);
            BinaryPrimitives.WriteUInt32BigEndian(entry[16..], Checksum(tables[i].Value));
            packed[i].CopyTo(woff, offset);
            offset += Padded(packed[i].Length);
        }

        return woff;
    }

    private static int Padded(int length) => (length + 3) & ~3;

    /// <summary>Compressed where that is shorter; WOFF takes equal lengths to mean that it is not.</summary>
    private static byte[] Deflate(byte[] table)
    {
        using var buffer = new MemoryStream();
        using (var deflate = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(table);
        return buffer.Length < table.Length ? buffer.ToArray() : table;
    }

    private static uint Checksum(byte[] table)
    {
        uint sum = 0;
        for (var i = 0; i < table.Length; i += 4)
        {
            uint word = 0;
            for (var k = 0; k < 4; k++)
                word = (word << 8) | (i + k < table.Length ? table[i + k] : 0u);
            sum += word;
        }

        return sum;
    }
}
