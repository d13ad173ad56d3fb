using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// An Arrow IPC file, or an IPC stream, which a reader takes batch by batch as it comes: typed, decimals exact, no parsing at the other end;
/// what the table is stands in the metadata of its schema. Either is whole only with its end.
/// </summary>
internal sealed class ArrowFormat(bool streams = false) : ITableFormat
{
    public string Name => streams ? "arrows" : "arrow";

    public ColumnFit Fit(string type) => TableFormats.AsTyped(type);

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        var schema = new Schema(rows.Schema.FieldsList, about.Pairs(notes.All));
        using var writer = streams ? new ArrowStreamWriter(stream, schema, leaveOpen: true) : new ArrowFileWriter(stream, schema, leaveOpen: true);
        // Without this an empty table would have no schema, and be no Arrow file.
        await writer.WriteStartAsync(cancel);
        long count = 0;
        await foreach (var batch in rows.Batches.WithCancellation(cancel))
            using (batch)
            {
                Infinities(batch, notes);
                await writer.WriteRecordBatchAsync(new RecordBatch(schema, batch.Arrays, batch.Length), cancel);
                count += batch.Length;
            }
        await writer.WriteEndAsync(cancel);
        return count;
    }

    /// <summary>Arrow knows no infinite dates: DuckDB hands them out as the greatest number, which a reader takes for a day.</summary>
    internal static void Infinities(RecordBatch batch, TableNotes notes)
    {
        for (var i = 0; i < batch.ColumnCount; i++)
        {
            var name = batch.Schema.FieldsList[i].Name;
            if (Infinite(batch.Column(i).Data))
                notes.Count(
                    name,
                    "infinity",
                    _ =>
                        new(
                            $"{name} 列有无穷日期，此格式没有，写为该类型的最大或最小值",
                            $"the column {name} has infinite dates, which this format has not: they stand as the greatest or least value of the type"
                        )
                );
        }
    }

    private static bool Infinite(ArrayData data) =>
        data.DataType switch
        {
            Date32Type => MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span).Slice(data.Offset, data.Length).IndexOfAny(int.MaxValue, -int.MaxValue) >= 0,
            TimestampType => MemoryMarshal.Cast<byte, long>(data.Buffers[1].Span).Slice(data.Offset, data.Length).IndexOfAny(long.MaxValue, -long.MaxValue)
                >= 0,
            _ => data.Children?.Any(Infinite) == true,
        };
}
