using System.Globalization;
using System.Text;
using Apache.Arrow;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>
/// A result for the eye: columns aligned by display width (a Chinese character is two wide), or, where they would not fit the screen, a
/// record for each row; at most 200 rows, and says when there are more.
/// </summary>
/// <param name="width">Columns of the screen; null where it goes to a file or a pipe, which has no width.</param>
/// <param name="records">True for records, false for a table, null for what fits.</param>
/// <param name="tells">True where it is followed by what it is: release, stage, units, flags.</param>
/// <param name="pages">True where somebody turns its pages: then it has ten thousand rows.</param>
internal sealed class ScreenTable(Language language, int? width = null, bool? records = null, bool tells = false, bool pages = false) : ITableFormat
{
    private int Shown => pages ? 10_000 : 200;

    private const int Longest = 60;

    public string Name => "table";

    public ColumnFit Fit(string type) => TableFormats.Csv.Fit(type);

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var names = rows.Schema.FieldsList.Select(f => ScreenText.Line(f.Name)).ToArray();
        var cells = new List<string[]>();
        long count = 0;
        await foreach (var batch in rows.Batches.WithCancellation(cancel))
            using (batch)
            {
                var columns = batch.Arrays.Cast<StringArray>().ToArray();
                for (var row = 0; row < Math.Min(batch.Length, Shown - count); row++)
                    cells.Add([.. columns.Select(c => ScreenText.Line(c.GetString(row) ?? ""))]);
                count += batch.Length;
            }
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        // A plan is drawn over its whole width.
        var longest = names is ["plan"] ? int.MaxValue : Longest;
        var widths = names.Select((n, i) => cells.Select(r => ScreenText.Width(Cut(r[i], longest))).Append(ScreenText.Width(n)).Max()).ToArray();
        if (cells.Count > 0 && (records ?? (width is { } screen && names.Length > 1 && widths.Sum() + 2 * (widths.Length - 1) > screen)))
            await Records(writer, names, cells);
        else
            await Table(writer, names, cells, widths, rows.Kinds, longest);
        var (all, some) = (count.ToString(CultureInfo.InvariantCulture), Shown.ToString(CultureInfo.InvariantCulture));
        await writer.WriteLineAsync(
            (count > Shown ? new Text($"（{all} 行，显示 {some} 行）", $"({all} rows, {some} shown)") : new($"（{all} 行）", $"({all} rows)")).In(language)
        );
        if (tells)
            await writer.WriteLineAsync(Told(about));
        return count;
    }

    /// <summary>What the table is, in one line.</summary>
    private string Told(TableAbout about)
    {
        string?[] parts =
        [
            about.Release,
            about.Stage,
            about.IsSynthetic ? new Text("示例数据 synthetic", "synthetic sample data").In(language) : null,
            about.Units is null ? null : new Text("单位 ", "units ").In(language) + about.Units,
            about.Flags is null ? null : new Text("标记 ", "flags ").In(language) + about.Flags,
        ];
        var units = about.Columns.Where(c => c.Unit is not null).Select(c => $"{c.Name} {c.Unit!.In(language)}").Take(8);
        return ScreenText.Line("— " + string.Join(" · ", parts.Concat(units).OfType<string>()));
    }

    /// <summary>Words in as many columns as fit, for a list to choose from.</summary>
    public static string Columns(IReadOnlyList<string> words, int width)
    {
        const int Most = 120;
        var shown = words.Take(Most).Select(ScreenText.Line).ToList();
        var wide = shown.Max(ScreenText.Width) + 2;
        var across = Math.Max(1, width / wide);
        var lines = shown.Chunk(across).Select(row => string.Concat(row.Select(w => Padded(w, wide, right: false))).TrimEnd());
        return string.Join("\r\n", lines) + (words.Count > Most ? $"\r\n… {words.Count - Most}" : "") + "\r\n";
    }

    private static async Task Table(StreamWriter writer, string[] names, List<string[]> cells, int[] widths, IReadOnlyList<HeldAs> kinds, int longest)
    {
        await Line(names);
        await writer.WriteLineAsync(string.Join("  ", widths.Select(w => new string('-', w))));
        foreach (var row in cells)
            await Line(row);

        Task Line(string[] row) =>
            writer.WriteLineAsync(
                string.Join("  ", row.Select((c, i) => Padded(Cut(c, longest), widths[i], kinds[i] is HeldAs.Number or HeldAs.Float))).TrimEnd()
            );
    }

    private static async Task Records(StreamWriter writer, string[] names, List<string[]> cells)
    {
        var wide = names.Max(ScreenText.Width);
        for (var n = 0; n < cells.Count; n++)
        {
            await writer.WriteLineAsync($"-[ {(n + 1).ToString(CultureInfo.InvariantCulture)} ]".PadRight(wide + 4, '-'));
            for (var i = 0; i < names.Length; i++)
                await writer.WriteLineAsync($"{Padded(names[i], wide, right: true)}  {cells[n][i]}".TrimEnd());
        }
    }

    private static string Padded(string text, int width, bool right)
    {
        var gap = new string(' ', Math.Max(0, width - ScreenText.Width(text)));
        return right ? gap + text : text + gap;
    }

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest / 2 || ScreenText.Width(text) <= longest)
            return text;
        var (kept, width) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width += ScreenText.Width(rune);
            if (width > longest - 1)
                break;
            kept += rune.Utf16SequenceLength;
        }
        return text[..kept] + "…";
    }
}
