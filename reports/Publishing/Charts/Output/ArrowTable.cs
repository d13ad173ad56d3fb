using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Innovation1551.Publishing.Charts.Output;

/// <summary>The same rows as an Arrow IPC file: typed, decimals exact, no parsing at the other end.</summary>
public static class ArrowTable
{
    private static readonly Decimal128Type Number = new(38, 10);

    public static byte[] Write(IReadOnlyList<ChartTableRow> rows)
    {
        var values = new Decimal128Array.Builder(Number);
        var synthetic = new BooleanArray.Builder();
        foreach (var row in rows)
        {
            if (row.Value is { } value)
                values.Append(Math.Round(value, Number.Scale, MidpointRounding.AwayFromZero));
            else
                values.AppendNull();
            synthetic.Append(row.IsSynthetic);
        }

        (string Name, IArrowArray Array, IArrowType Type, bool Nullable)[] columns =
        [
            Strings("figure_id", r => r.FigureId), Strings("period", r => r.Period), Strings("series", r => r.Series),
            Strings("series_zh", r => r.SeriesName.Zh), Strings("series_en", r => r.SeriesName.En), Strings("item_zh", r => r.Item.Zh), Strings("item_en", r => r.Item.En),
            ("value", values.Build(), Number, true),
            Strings("unit_zh", r => r.Unit.Zh), Strings("unit_en", r => r.Unit.En), Strings("status", r => r.Status),
            ("is_synthetic", synthetic.Build(), BooleanType.Default, false),
        ];
        var schema = new Schema(columns.Select(c => new Field(c.Name, c.Type, c.Nullable)), null);
        using var stream = new MemoryStream();
        using (var batch = new RecordBatch(schema, columns.Select(c => c.Array), rows.Count))
        using (var writer = new ArrowFileWriter(stream, schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return stream.ToArray();

        (string, IArrowArray, IArrowType, bool) Strings(string name, Func<ChartTableRow, string> of)
        {
            var builder = new StringArray.Builder();
            foreach (var row in rows)
                builder.Append(of(row));
            return (name, builder.Build(), StringType.Default, false);
        }
    }
}
