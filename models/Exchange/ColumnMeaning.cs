using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Exchange;

/// <summary>What the columns of a result count and mean, as far as their names tell.</summary>
public static class ColumnMeaning
{
    private static readonly (string Ending, Text Unit)[] Units =
    [
        ("_wan", new("万元", "10,000 yuan")),
        ("_yuan", new("元", "yuan")),
        ("_yi", new("亿元", "100 million yuan")),
        ("_fte", new("人年", "person-years")),
        ("_percent", new("%", "%")),
        ("_pp", new("百分点", "percentage points")),
        ("_persons", new("人", "persons")),
        ("_count", new("个", "count")),
    ];

    /// <summary>The meaning of each column of which every table of the release that has it says the same.</summary>
    public static IReadOnlyDictionary<string, string> All(DuckDBConnection connection) =>
        connection
            .Rows(
                "select column_name, any_value(comment) from duckdb_columns() where comment is not null group by column_name having count(distinct comment) = 1"
            )
            .GroupBy(r => (string)r[0]!)
            .Where(g => g.Count() == 1)
            .ToDictionary(g => g.Key, g => (string)g.Single()[1]!, StringComparer.Ordinal);

    /// <summary>The unit by the ending of a name, and the meaning.</summary>
    public static IReadOnlyList<ColumnAbout> Of(IReadOnlyDictionary<string, string> meanings, IReadOnlyList<(string Name, string Type)> columns)
    {
        return
        [
            .. columns.Select(c => new ColumnAbout(
                c.Name,
                c.Type,
                Units.FirstOrDefault(u => c.Name.EndsWith(u.Ending, StringComparison.Ordinal)).Unit,
                meanings.GetValueOrDefault(c.Name)
            )),
        ];
    }

    /// <summary>Where the years of a release stand, the least advanced of their forms each; null where it does not say.</summary>
    public static string? Stage(DuckDBConnection connection) =>
        connection.Scalar<long>("select count(*) from duckdb_tables() where schema_name = 'published' and table_name = 'stage'") == 0
            ? null
            : connection.Scalar<string>(
                """
                select string_agg(period || ' ' || stage, ', ' order by period) from (
                    select period, arg_min(stage, list_position(['flash', 'preliminary', 'final', 'revised'], stage)) as stage
                    from published.stage where period_kind = 'year' group by period)
                """
            );
}
