using System.Text;
using Apache.Arrow;
using Innovation1551.Models.Exchange;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>A result for the eye: columns aligned by display width (a Chinese character is two wide); at most 200 rows, and says when there are more.</summary>
internal sealed class ScreenTable : ITableFormat
{
    private const int Shown = 200;

    public string Name => "table";

    public ColumnFit Fit(string type) => TableFormats.Csv.Fit(type);

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var lines = new List<string[]> { rows.Schema.FieldsList.Select(f => f.Name).ToArray() };
        long count = 0;
        await foreach (var batch in rows.Batches.WithCancellation(cancel))
            using (batch)
            {
                var columns = batch.Arrays.Cast<StringArray>().ToArray();
                for (var row = 0; row < Math.Min(batch.Length, Shown - count); row++)
                    lines.Add([.. columns.Select(c => Cell(c.GetString(row)))]);
                count += batch.Length;
            }
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var widths = Enumerable.Range(0, lines[0].Length).Select(i => lines.Max(l => Width(l[i]))).ToArray();
        for (var n = 0; n < lines.Count; n++)
        {
            await writer.WriteLineAsync(
                string.Join("  ", lines[n].Select((c, i) => IsRight(i) ? new string(' ', widths[i] - Width(c)) + c : c + new string(' ', widths[i] - Width(c))))
                    .TrimEnd()
            );
            if (n == 0)
                await writer.WriteLineAsync(string.Join("  ", widths.Select(w => new string('-', w))));
        }
        await writer.WriteLineAsync(count > Shown ? $"({count} rows, {Shown} shown)" : $"({count} rows)");
        return count;

        bool IsRight(int column) => rows.Kinds[column] is HeldAs.Number or HeldAs.Float;
    }

    private static string Cell(string? value)
    {
        var text = string.Concat((value ?? "").Select(c => char.IsControl(c) ? '·' : c));
        return text.Length > 60 ? text[..59] + "…" : text;
    }

    private static int Width(string text) =>
        text.Sum(c =>
            c
                is >= '\u1100'
                    and <= '\u115f'
                    or >= '\u2e80'
                    and <= '\ua4cf'
                    or >= '\uac00'
                    and <= '\ud7a3'
                    or >= '\uf900'
                    and <= '\ufaff'
                    or >= '\ufe30'
                    and <= '\ufe6f'
                    or >= '\uff00'
                    and <= '\uff60'
                ? 2
                : 1
        );
}
