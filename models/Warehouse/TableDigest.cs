using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>
/// What a table says, as a set of rows: sums of a hash of each row, so that neither the order of rows matters nor, when some of them go and others
/// come, any row that stays has to be looked at again. The count guards against rows that cancel.
/// </summary>
/// <param name="Content">Without the columns that only tell the order in which files came or the name of the release: the same in every workspace.</param>
/// <param name="Exact">Over all columns: the same while no row of the table differs.</param>
public readonly record struct TableDigest(long Rows, BigInteger Content, BigInteger Exact)
{
    private static readonly string[] OrderOfArrival = ["file_no", "release_id"];

    /// <param name="relation">The table, as SQL.</param>
    /// <param name="where">Which of its rows, as SQL behind the name; empty for all.</param>
    public static TableDigest Of(DuckDBConnection connection, string relation, ImmutableArray<string> columns, string where = "")
    {
        var content = columns.Where(c => !OrderOfArrival.Contains(c)).ToList();
        var isExact = content.Count == columns.Length;
        var row = connection.Rows($"select count(*), {Sum(content)}{(isExact ? "" : ", " + Sum(columns))} from {relation} {where}")[0];
        var sum = (BigInteger)row[1]!;
        return new((long)row[0]!, sum, isExact ? sum : (BigInteger)row[2]!);

        static string Sum(IEnumerable<string> columns) => $"coalesce(sum(cast(hash({string.Join(", ", columns.Select(Sql.Name))}) as hugeint)), 0)";
    }

    /// <summary>What the table of a model says.</summary>
    internal static TableDigest Of(DuckDBConnection connection, Model model, string catalog = "", string where = "") =>
        Of(connection, catalog + model.Relation, [.. model.Columns.Select(c => c.Name)], where);

    public static TableDigest operator +(TableDigest a, TableDigest b) => new(a.Rows + b.Rows, a.Content + b.Content, a.Exact + b.Exact);

    public static TableDigest operator -(TableDigest a, TableDigest b) => new(a.Rows - b.Rows, a.Content - b.Content, a.Exact - b.Exact);

    /// <summary>The same for two tables with the same rows, and for no others.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows}:{Exact}");
}
