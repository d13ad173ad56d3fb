using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>
/// The table behind a chart as files, by the writers through which every table leaves: a reader who has the file alone still learns release,
/// stage, unit and whether the data are synthetic. Arrow says it in its schema, a CSV in a file beside it.
/// </summary>
public static class ChartTableFiles
{
    private const string Word = "VARCHAR",
        Number = "DECIMAL(38,10)",
        Truth = "BOOLEAN";
    private static readonly Decimal128Type Exact = new(38, 10);

    private static readonly (ColumnAbout About, Func<ChartTableRow, object?> Value)[] Columns =
    [
        (new("figure_id", Word, Meaning: "figure in published.figure; null where the value stands elsewhere or was reckoned for the chart"), r => r.FigureId),
        (new("period", Word, Meaning: "year or month; of a reference, the date that it speaks of"), r => r.Period),
        (new("series", Word, Meaning: "series of the chart, or the id of a target or reference"), r => r.Series),
        (new("series_zh", Word, Meaning: "name of the series in Chinese"), r => r.SeriesName.Zh),
        (new("series_en", Word, Meaning: "name of the series in English"), r => r.SeriesName.En),
        (new("item_zh", Word, Meaning: "place on the axis in Chinese"), r => r.Item.Zh),
        (new("item_en", Word, Meaning: "place on the axis in English"), r => r.Item.En),
        (new("value", Number, Meaning: "in the unit of its row, not rounded to what is displayed; null where missing or suppressed"), r => r.Value),
        (new("unit_zh", Word, Meaning: "unit of the value in Chinese"), r => r.Unit.Zh),
        (new("unit_en", Word, Meaning: "unit of the value in English"), r => r.Unit.En),
        (new("status", Word, Meaning: "actual, provisional, missing, suppressed, target, reference or forecast (a projection, no statistic)"), r => r.Status),
        (new("flags", Word, Meaning: "flags of the figure, separated by ;; see published.flag"), r => r.Flags),
        (new("is_synthetic", Truth, Meaning: "rests on constructed sample data"), r => r.IsSynthetic),
    ];

    /// <param name="release">What is known of the release: its id, its stage, and whether its data are synthetic.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(ChartScene scene, TableAbout release)
    {
        var rows = ChartTable.Of(scene);
        // Several units have no common word: then each row tells its own.
        var unit = rows.Select(r => r.Unit).Distinct().ToArray() is [{ Zh.Length: > 0 } only] ? only : null;
        var about = release with { Title = scene.Title, Columns = [.. Columns.Select(c => c.About.Type == Number ? c.About with { Unit = unit } : c.About)] };
        var notes = new TableNotes();
        var (id, csv) = (scene.Definition.Id, Write(TableFormats.Csv, notes));
        return [($"{id}.csv", csv), ($"{id}.csv.about.json", about.ToJson(notes.All)), ($"{id}.arrow", Write(TableFormats.Arrow, new TableNotes()))];

        byte[] Write(ITableFormat format, TableNotes notes)
        {
            using var stream = new MemoryStream();
            format.Write(Rows(rows, format), about, stream, notes, CancellationToken.None).GetAwaiter().GetResult();
            return stream.ToArray();
        }
    }

    /// <summary>The rows as the format wants them: typed, or as texts.</summary>
    private static TableRows Rows(IReadOnlyList<ChartTableRow> rows, ITableFormat format)
    {
        var columns = Columns.Select(c => (c.About.Name, c.About.Type, format.Fit(c.About.Type).Kind, Values: rows.Select(c.Value))).ToArray();
        if (columns.Any(c => c.Kind != HeldAs.Typed))
            return TableRows.Of([.. columns.Select(c => (c.Name, c.Kind, c.Values.Select(Text)))]);
        var arrays = columns.Select(c => Typed(c.Type, c.Values)).ToArray();
        var schema = new Schema(columns.Select((c, i) => new Field(c.Name, arrays[i].Data.DataType, nullable: true)), null);
        return TableRows.Of(new RecordBatch(schema, arrays, rows.Count));
    }

    /// <summary>A name or a unit without letters is none.</summary>
    private static string? Text(object? value) =>
        value switch
        {
            decimal number => number.ToString("0.##########", CultureInfo.InvariantCulture),
            bool truth => truth ? "true" : "false",
            string { Length: > 0 } text => text,
            _ => null,
        };

    private static IArrowArray Typed(string type, IEnumerable<object?> values) =>
        type switch
        {
            Number => values
                .Aggregate(
                    new Decimal128Array.Builder(Exact),
                    (b, v) => v is decimal d ? b.Append(Math.Round(d, Exact.Scale, MidpointRounding.AwayFromZero)) : b.AppendNull()
                )
                .Build(),
            Truth => new BooleanArray.Builder().AppendRange(values.Cast<bool>()).Build(),
            _ => new StringArray.Builder().AppendRange(values.Select(Text)).Build(),
        };
}
