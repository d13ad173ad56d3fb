using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Innovation1551.Publishing.Pages;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// The outlines of a TrueType font, read from its own tables. Skia hands out outlines too, but merges the overlapping strokes of many
/// Chinese characters first, and that merging fills counters (司, 后, 同). The contours as the font has them, filled by the non-zero rule, are whole.
/// </summary>
internal sealed class GlyphOutline
{
    private const int MostNested = 6;
    private readonly FontFile _font;
    private readonly decimal _toThousandths;
    private readonly ConcurrentDictionary<ushort, string> _paths = new();

    public GlyphOutline(FontFile font)
    {
        _font = font;
        _toThousandths = 1000m / BinaryPrimitives.ReadUInt16BigEndian(font.Table("head")[18..]);
    }

    /// <summary>The glyph as SVG path data, 1000 units to the em, y downwards; empty for a glyph without ink.</summary>
    public string Path(ushort glyph) =>
        _paths.GetOrAdd(
            glyph,
            g =>
            {
                var path = new StringBuilder();
                Append(path, g, (1, 0, 0, 1, 0, 0), 0);
                return path.ToString();
            }
        );

    private void Append(StringBuilder path, int glyph, (decimal A, decimal B, decimal C, decimal D, decimal X, decimal Y) place, int depth)
    {
        if (glyph >= _font.Glyphs || depth > MostNested)
            return;
        var outline = _font.Outline(glyph);
        if (outline.Length < 10)
            return;
        var contours = BinaryPrimitives.ReadInt16BigEndian(outline);
        if (contours < 0)
            Composite(path, outline, place, depth);
        else
            Simple(path, outline, contours, place);
    }

    private void Composite(StringBuilder path, ReadOnlySpan<byte> outline, (decimal A, decimal B, decimal C, decimal D, decimal X, decimal Y) place, int depth)
    {
        const int Words = 1,
            AreOffsets = 2,
            Scale = 8,
            More = 32,
            TwoScales = 64,
            Matrix = 128;
        int at = 10,
            flags;
        do
        {
            flags = Word(outline, ref at);
            var part = Word(outline, ref at);
            var (x, y) =
                (flags & Words) != 0 ? ((int)(short)Word(outline, ref at), (int)(short)Word(outline, ref at)) : ((sbyte)outline[at++], (sbyte)outline[at++]);
            if ((flags & AreOffsets) == 0)
                (x, y) = (0, 0);
            var (a, b, c, d) = (1m, 0m, 0m, 1m);
            if ((flags & Scale) != 0)
                a = d = Fraction(outline, ref at);
            else if ((flags & TwoScales) != 0)
                (a, d) = (Fraction(outline, ref at), Fraction(outline, ref at));
            else if ((flags & Matrix) != 0)
                (a, b, c, d) = (Fraction(outline, ref at), Fraction(outline, ref at), Fraction(outline, ref at), Fraction(outline, ref at));
            Append(
                path,
                part,
                (
                    a * place.A + b * place.C,
                    a * place.B + b * place.D,
                    c * place.A + d * place.C,
                    c * place.B + d * place.D,
                    x * place.A + y * place.C + place.X,
                    x * place.B + y * place.D + place.Y
                ),
                depth + 1
            );
        } while ((flags & More) != 0);

        static decimal Fraction(ReadOnlySpan<byte> outline, ref int at) => (short)Word(outline, ref at) / 16384m;
    }

    private static ushort Word(ReadOnlySpan<byte> data, ref int at)
    {
        var word = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
        at += 2;
        return word;
    }

    private void Simple(StringBuilder path, ReadOnlySpan<byte> outline, int contours, (decimal A, decimal B, decimal C, decimal D, decimal X, decimal Y) place)
    {
        const int OnCurve = 1,
            ShortX = 2,
            ShortY = 4,
            Repeat = 8,
            SameX = 16,
            SameY = 32;
        var at = 10;
        var ends = new int[contours];
        for (var i = 0; i < contours; i++)
            ends[i] = Word(outline, ref at);
        at += BinaryPrimitives.ReadUInt16BigEndian(outline[at..]) + 2;
        var n = contours == 0 ? 0 : ends[^1] + 1;
        var flags = new byte[n];
        for (var i = 0; i < n; i++)
        {
            var flag = flags[i] = outline[at++];
            if ((flag & Repeat) != 0)
                for (var again = outline[at++]; again > 0 && i + 1 < n; again--)
                    flags[++i] = flag;
        }

        var xs = Axis(outline, ref at, flags, ShortX, SameX);
        var ys = Axis(outline, ref at, flags, ShortY, SameY);
        var start = 0;
        foreach (var end in ends)
        {
            var points = new List<(decimal X, decimal Y, bool On)>();
            for (var i = start; i <= end; i++)
                points.Add((xs[i] * place.A + ys[i] * place.C + place.X, xs[i] * place.B + ys[i] * place.D + place.Y, (flags[i] & OnCurve) != 0));
            Contour(path, points);
            start = end + 1;
        }
    }

    private static int[] Axis(ReadOnlySpan<byte> outline, ref int at, byte[] flags, int isShort, int same)
    {
        var values = new int[flags.Length];
        var value = 0;
        for (var i = 0; i < flags.Length; i++)
        {
            if ((flags[i] & isShort) != 0)
                value += (flags[i] & same) != 0 ? outline[at++] : -outline[at++];
            else if ((flags[i] & same) == 0)
                value += (short)Word(outline, ref at);
            values[i] = value;
        }

        return values;
    }

    /// <summary>Between two points off the curve lies one on it, halfway.</summary>
    private void Contour(StringBuilder path, List<(decimal X, decimal Y, bool On)> points)
    {
        if (points.Count < 2)
            return;
        var first = points.FindIndex(p => p.On);
        if (first < 0)
        {
            points.Insert(0, Halfway(points[^1], points[0]));
            first = 0;
        }

        var n = points.Count;
        path.Append('M').Append(At(points[first]));
        for (var i = 1; i <= n; i++)
        {
            var point = points[(first + i) % n];
            if (point.On)
            {
                if (i < n)
                    path.Append('L').Append(At(point));
                continue;
            }

            var next = points[(first + i + 1) % n];
            path.Append('Q').Append(At(point)).Append(' ').Append(At(next.On ? next : Halfway(point, next)));
            if (next.On)
                i++;
        }

        path.Append('Z');

        static (decimal X, decimal Y, bool On) Halfway((decimal X, decimal Y, bool) a, (decimal X, decimal Y, bool) b) =>
            ((a.X + b.X) / 2, (a.Y + b.Y) / 2, true);

        string At((decimal X, decimal Y, bool) p) => string.Create(CultureInfo.InvariantCulture, $"{p.X * _toThousandths:0.#} {-p.Y * _toThousandths:0.#}");
    }
}
