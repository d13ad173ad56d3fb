using System.Globalization;
using Innovation1551.Publishing.Charts.Output;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Formats;

/// <summary>Where on a picture the cells of the table below it lie, for the page's script: what is read from the picture is then what the table says.</summary>
internal static class ChartSpots
{
    /// <summary>For each value: its place across and down, its row and column in the table and, where it has one, its series.</summary>
    public static string Of(ChartSvg picture, DataTable data)
    {
        var cells = new Dictionary<Bound, (int Row, int Column)>();
        foreach (var (r, row) in data.Rows.Index())
        foreach (var (c, cell) in row.Cells.Index())
        foreach (var run in cell.Phrase.Where(run => run.Bound.IsNumber))
            cells.TryAdd(run.Bound, (r, c));
        return string.Join(
            ' ',
            picture
                .Spots.Where(s => cells.ContainsKey(s.Bound))
                .Select(s =>
                {
                    var (row, column) = cells[s.Bound];
                    var series = picture.Series.Index().Where(p => p.Item.Values.Contains(s.Bound)).Select(p => p.Index).DefaultIfEmpty(-1).First();
                    return string.Create(CultureInfo.InvariantCulture, $"{s.X:0},{s.Y:0},{row},{column}{(series < 0 ? "" : $",{series}")}");
                })
        );
    }
}
