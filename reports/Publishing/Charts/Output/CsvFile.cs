using System.Globalization;
using System.Text;
using Innovation1551.Models;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// RFC 4180, UTF-8 without a byte order mark (so that every CSV reader takes the first heading as it stands), CRLF line ends.
/// A text that a spreadsheet would run as a formula is led by an apostrophe; numbers are left alone.
/// </summary>
public static class CsvFile
{
    public static byte[] Write(IReadOnlyList<ChartTableRow> rows)
    {
        var text = new StringBuilder("figure_id,period,series,series_zh,series_en,item_zh,item_en,value,unit_zh,unit_en,status,is_synthetic\r\n");
        foreach (var row in rows)
        {
            string[] before = [row.FigureId, row.Period, row.Series, row.SeriesName.Zh, row.SeriesName.En, row.Item.Zh, row.Item.En];
            string[] after = [row.Unit.Zh, row.Unit.En, row.Status];
            text.AppendJoin(',', before.Select(Field)).Append(',').Append(Number(row.Value)).Append(',')
                .AppendJoin(',', after.Select(Field)).Append(',').Append(row.IsSynthetic ? "true" : "false").Append("\r\n");
        }

        return new UTF8Encoding(false).GetBytes(text.ToString());
    }

    /// <summary>A text as a field: safe in a spreadsheet, quoted where the standard asks for it.</summary>
    public static string Field(string text) => CsvText.Field(text);

    private static string Number(decimal? value) => value is { } v ? v.ToString("0.##########", CultureInfo.InvariantCulture) : "";
}
