using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>
/// Whether a table in another engine is the release's: rows, values of each column, and of each column a sum that is exact (numbers and
/// decimals as they are, days and moments as numbers, truths counted, bytes of texts). Figures are held one by one beside that.
/// </summary>
internal static class EngineTotals
{
    /// <summary>The totals by DuckDB of the rows that the engine was given.</summary>
    public static IReadOnlyList<string?> Of(DuckDBConnection release, EngineTable table, IReadOnlyList<EngineColumn> columns) =>
        [.. release.Rows($"select {Query(columns, Total)} from (select {Reads(columns)} from {table.Table.Source})")[0].Select(v => v as string)];

    /// <summary>The columns as the engine gets them.</summary>
    public static string Reads(IReadOnlyList<EngineColumn> columns) => string.Join(", ", columns.Select(c => $"{c.Read} as {Sql.Name(c.Name)}"));

    /// <summary>What stands behind select: the rows, then of each column how many values it has and their sum, all as texts.</summary>
    /// <param name="total">An engine's expression for the sum of a column.</param>
    /// <param name="name">How the engine writes a name that may be anything.</param>
    public static string Query(
        IReadOnlyList<EngineColumn> columns,
        Func<EngineColumn, string> total,
        string text = "varchar",
        Func<string, string>? name = null
    ) => $"cast(count(*) as {text})" + string.Concat(columns.Select(c => $", cast(count({(name ?? Sql.Name)(c.Name)}) as {text}), {total(c)}"));

    /// <summary>Throws where what was found is not what was wanted.</summary>
    /// <param name="place">The server, for a person.</param>
    /// <exception cref="DisseminationException">Names the server, the table, the column and both values.</exception>
    public static void Demand(string place, EngineTable table, IReadOnlyList<EngineColumn> columns, IReadOnlyList<string?> wanted, IReadOnlyList<string?> found)
    {
        for (var i = 0; i < wanted.Count; i++)
            // The sum of no value is none, or nought.
            if (Plain(wanted[i]) != Plain(found[i]) && !(i > 0 && i % 2 == 0 && wanted[i - 1] == "0"))
            {
                var what =
                    i == 0 ? new Text("行数", "the number of rows")
                    : (i - 1) % 2 == 0 ? new Text($"列 {columns[(i - 1) / 2].Name} 的取值个数", $"the number of values of {columns[(i - 1) / 2].Name}")
                    : new Text($"列 {columns[(i - 1) / 2].Name} 的合计", $"the sum of {columns[(i - 1) / 2].Name}");
                throw Differs(place, table.FullName, what, wanted[i], found[i]);
            }
    }

    private static DisseminationException Differs(string place, string table, Text what, string? wanted, string? found) =>
        new(
            new(
                $"{place} 中 {table} 的{what.Zh}为 {found ?? "空"}，发布版本中为 {wanted ?? "空"}",
                $"{table} on {place} differs from the release in {what.En}: {found ?? "null"} for {wanted ?? "null"}"
            )
        );

    private static string Total(EngineColumn column)
    {
        var name = Sql.Name(column.Name);
        return column.Kind switch
        {
            EngineKind.Whole or EngineKind.Decimal => $"cast(sum({name}) as varchar)",
            EngineKind.Text => $"cast(sum(strlen({name})) as varchar)",
            EngineKind.Day => $"cast(sum({name} - date '1970-01-01') as varchar)",
            EngineKind.Moment => $"cast(sum(epoch_us({name})) as varchar)",
            EngineKind.Truth => $"cast(count(*) filter ({name}) as varchar)",
            // The order of the rows decides its last digits.
            _ => "''",
        };
    }

    /// <summary>A number without what says nothing: 1.500000 is 1.5, and the sum of no value is none.</summary>
    private static string? Plain(string? number)
    {
        if (number is null or "" || !number.Contains('.', StringComparison.Ordinal))
            return number;
        var plain = number.TrimEnd('0').TrimEnd('.');
        return plain == "-0" ? "0" : plain;
    }

    /// <summary>The figures with their values, by identifier: both sides in the order of their bytes.</summary>
    /// <exception cref="DisseminationException">Names the first figure that differs.</exception>
    public static void DemandFigures(string place, DuckDBConnection release, IEnumerable<(string Id, string? Value, string? Status)> found)
    {
        const string Figures = "published.figure";
        using var other = found.GetEnumerator();
        foreach (var row in release.Stream($"select figure_id, cast(value as varchar), status from {Figures} order by figure_id"))
        {
            var (id, value, status) = ((string)row[0]!, row[1] as string, row[2] as string);
            if (!other.MoveNext() || other.Current.Id != id)
                throw Differs(place, Figures, new($"数字 {id}", $"figure {id}"), Told(value, status), null);
            if (Plain(other.Current.Value) != Plain(value) || other.Current.Status != status)
                throw Differs(place, Figures, new($"数字 {id}", $"figure {id}"), Told(value, status), Told(other.Current.Value, other.Current.Status));
        }
        if (other.MoveNext())
            throw Differs(place, Figures, new($"数字 {other.Current.Id}", $"figure {other.Current.Id}"), null, Told(other.Current.Value, other.Current.Status));

        static string Told(string? value, string? status) => string.Create(CultureInfo.InvariantCulture, $"{value ?? "null"} ({status})");
    }
}
