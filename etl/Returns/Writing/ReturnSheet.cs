using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Writing;

/// <summary>One form of a return, filled in.</summary>
/// <param name="Rows">Values by field name: decimal, long, int, string, DateOnly or null. Text in a column of numbers is written as text.</param>
public sealed record ReturnSheet(Form Form, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows)
{
    /// <summary>The columns in their order; normally those of the form.</summary>
    public IReadOnlyList<Field> Columns { get; init; } = Form.Fields;

    /// <summary>The row 合计 under the data, in canonical units; none when null.</summary>
    public IReadOnlyDictionary<string, decimal>? Totals { get; init; }

    /// <summary>The same sheet with a total row that is the sum of its rows, for every column of numbers.</summary>
    public ReturnSheet WithTotals() => this with { Totals = Sum() };

    private Dictionary<string, decimal> Sum()
    {
        var totals = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var field in Form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count))
            totals[field.Name] = Rows.Sum(row =>
                row.GetValueOrDefault(field.Name) switch
                {
                    decimal d => d,
                    long l => l,
                    int i => i,
                    _ => 0m,
                }
            );
        return totals;
    }
}
