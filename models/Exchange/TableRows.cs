using Apache.Arrow;
using Apache.Arrow.Types;

namespace Innovation1551.Models.Exchange;

/// <summary>The rows of a table as they stream by, once.</summary>
/// <param name="Schema">Names and types, known before the first batch: an empty table has them too.</param>
/// <param name="Kinds">What the values of each column stand for, where they are texts.</param>
/// <param name="Batches">The rows; each batch is freed by who reads it.</param>
public sealed record TableRows(Schema Schema, IReadOnlyList<HeldAs> Kinds, IAsyncEnumerable<RecordBatch> Batches)
{
    /// <summary>A table in memory.</summary>
    public static TableRows Of(RecordBatch batch, IReadOnlyList<HeldAs>? kinds = null)
    {
        return new(batch.Schema, kinds ?? [.. batch.Schema.FieldsList.Select(_ => HeldAs.Typed)], Once(batch));

        static async IAsyncEnumerable<RecordBatch> Once(RecordBatch batch)
        {
            await Task.CompletedTask;
            if (batch.Length > 0)
                yield return batch;
        }
    }

    /// <summary>A table of texts in memory: columns in the order of their names, null where there is no value.</summary>
    public static TableRows Of(IReadOnlyList<(string Name, HeldAs Kind, IEnumerable<string?> Values)> columns)
    {
        var arrays = columns.Select(c => new StringArray.Builder().AppendRange(c.Values).Build()).ToArray();
        var schema = new Schema(columns.Select(c => new Field(c.Name, StringType.Default, nullable: true)), null);
        return Of(new RecordBatch(schema, arrays, arrays[0].Length), [.. columns.Select(c => c.Kind)]);
    }
}
