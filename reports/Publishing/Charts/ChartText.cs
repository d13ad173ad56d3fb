using System.Collections.Concurrent;
using SkiaSharp;

namespace Innovation1551.Publishing.Charts;

/// <summary>Measures, shortens and breaks text in the shipped typeface, so that nothing is clipped or overlaps.</summary>
internal static class ChartText
{
    private static readonly ConcurrentDictionary<(float Size, bool Bold), SKFont> Fonts = new();

    public static SKFont Font(float size, bool bold = false) =>
        Fonts.GetOrAdd(
            (size, bold),
            key => new SKFont(key.Bold ? ChartFont.Bold : ChartFont.Regular, key.Size)
            {
                Subpixel = true,
                Edging = SKFontEdging.Antialias,
                Hinting = SKFontHinting.None,
            }
        );

    public static float Width(string text, float size, bool bold = false) => Font(size, bold).MeasureText(text);

    public static float Widest(IEnumerable<string> texts, float size) => texts.Select(t => Width(t, size)).DefaultIfEmpty(0).Max();

    /// <summary>The text, ended with … where it is wider than the room.</summary>
    public static string Fit(string text, float size, float room, bool bold = false)
    {
        // A glyph is never narrower than a few pixels, so what lies beyond this many characters cannot be seen anyway.
        var longest = (int)(room / size * 6) + 8;
        text = ChartFont.Drawable(text.Length > longest ? text[..longest] + "…" : text);
        if (Width(text, size, bold) <= room)
            return text;
        var runes = text.EnumerateRunes().Select(r => r.ToString()).ToArray();
        int low = 0,
            high = runes.Length;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Width(string.Concat(runes.Take(middle)) + "…", size, bold) <= room)
                low = middle;
            else
                high = middle - 1;
        }

        return string.Concat(runes.Take(low)).TrimEnd() + "…";
    }

    /// <summary>Lines no wider than the room: broken at spaces and between Chinese characters; what does not fit the last line ends with ….</summary>
    public static IReadOnlyList<string> Wrap(string text, float size, float room, int lines, bool bold = false)
    {
        var wrapped = new List<string>();
        var rest = ChartFont.Drawable(text.Length > 2000 ? text[..2000] : text).Trim();
        while (rest.Length > 0 && wrapped.Count < lines - 1 && Width(rest, size, bold) > room)
        {
            var take = Break(rest, size, room, bold);
            wrapped.Add(rest[..take].TrimEnd());
            rest = rest[take..].TrimStart();
        }

        if (rest.Length > 0)
            wrapped.Add(Fit(rest, size, room, bold));
        return wrapped;
    }

    private const string NeverFirst = "，。、；：）》」』！？%,.;:)!?”’…";

    private static int Break(string text, float size, float room, bool bold)
    {
        var best = 0;
        for (var i = 1; i < text.Length && Width(text[..i], size, bold) <= room; i++)
            if (!char.IsLowSurrogate(text[i]) && !NeverFirst.Contains(text[i]) && (text[i - 1] == ' ' || text[i] >= '\u2E80' || text[i - 1] >= '\u2E80'))
                best = i;
        return best > 0 ? best : Math.Max(1, Math.Min(text.Length - 1, (int)(room / size)));
    }
}
