using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// Pixels as a PNG of a palette. A chart has a few flat colours and the shades at the edges of its letters: the 64 met most often show it all,
/// and a byte a pixel packs to a quarter of what Skia, which knows true colour only, makes of it.
/// </summary>
internal static class FlatPng
{
    private const int Most = 64;

    /// <param name="pixels">Red, green, blue and alpha, a byte each, row by row. Opaque.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var colors = MemoryMarshal.Cast<byte, uint>(pixels);
        var places = new Dictionary<uint, byte>();
        var palette = Palette(colors, places);
        var indexes = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
        {
            // A row begins with its filter, which is none: rows of equal pixels pack best as they are.
            var row = colors.Slice(y * width, width);
            var line = indexes.AsSpan(y * (width + 1) + 1, width);
            for (var x = 0; x < width; x++)
                line[x] = x > 0 && row[x] == row[x - 1] ? line[x - 1] : places[row[x]];
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], height);
        (head[8], head[9]) = (8, 3);
        Chunk(png, "IHDR"u8, head);
        var table = new byte[palette.Length * 3];
        for (var i = 0; i < palette.Length; i++)
            (table[i * 3], table[i * 3 + 1], table[i * 3 + 2]) = ((byte)palette[i], (byte)(palette[i] >> 8), (byte)(palette[i] >> 16));
        Chunk(png, "PLTE"u8, table);
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(indexes);
        Chunk(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>The colours met most often, those met equally often by value; every other colour is given the place of the one that is nearest.</summary>
    private static uint[] Palette(ReadOnlySpan<uint> colors, Dictionary<uint, byte> places)
    {
        var counts = new Dictionary<uint, int>();
        for (var i = 0; i < colors.Length; )
        {
            var from = i;
            while (++i < colors.Length && colors[i] == colors[from]) { }
            CollectionsMarshal.GetValueRefOrAddDefault(counts, colors[from], out _) += i - from;
        }

        uint[] palette = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(Most).Select(c => c.Key)];
        for (var i = 0; i < palette.Length; i++)
            places[palette[i]] = (byte)i;
        foreach (var color in counts.Keys)
            if (!places.ContainsKey(color))
                places[color] = Nearest(palette, color);
        return palette;
    }

    private static byte Nearest(uint[] palette, uint color)
    {
        var (best, least) = (0, int.MaxValue);
        for (var i = 0; i < palette.Length; i++)
        {
            var far = Square(0) + Square(8) + Square(16);
            if (far < least)
                (best, least) = (i, far);

            int Square(int shift) => ((int)(palette[i] >> shift & 255) - (int)(color >> shift & 255)) is var d ? d * d : 0;
        }

        return (byte)best;
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(name);
        png.Write(content);
        var crc = new Crc32();
        crc.Append(name);
        crc.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
