using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>A flag that a figure may carry, as <c>published.flag</c> has it: the one place that every outlet reads its name and mark from.</summary>
/// <param name="Code">As it stands in <c>published.figure.flags</c>.</param>
/// <param name="Symbol">The mark behind a number.</param>
/// <param name="ObsStatus">SDMX code of the observation's status; null where there is none.</param>
/// <param name="Rule">When a figure has it.</param>
public sealed record FigureFlag(string Code, Text Name, string Symbol, string? ObsStatus, string? ConfStatus, Text Rule)
{
    /// <summary>Those of a release in their order; of a release from before there were any what its status says.</summary>
    public static IReadOnlyList<FigureFlag> All(DuckDBConnection release) =>
        AreIn(release)
            ?
            [
                .. release
                    .Rows("select flag, name_zh, name_en, symbol, obs_status, conf_status, rule_zh, rule_en from published.flag order by sort_order")
                    .Select(r => new FigureFlag(
                        (string)r[0]!,
                        new((string)r[1]!, (string)r[2]!),
                        (string)r[3]!,
                        (string?)r[4],
                        (string?)r[5],
                        new((string)r[6]!, (string)r[7]!)
                    )),
            ]
            :
            [
                new("confidential", new("保密", "Confidential"), "×", null, null, new("", "")),
                new("provisional", new("暂定", "Provisional"), "p", null, null, new("", "")),
            ];

    /// <summary>The columns of <c>published.figure</c> with flags and imputed share, or in a release from before there were any what its status says.</summary>
    public static string Columns(DuckDBConnection release) =>
        AreIn(release) ? "flags, imputed_percent" : "case when status = 'provisional' then 'provisional' else '' end, null";

    /// <summary>Have the figures of the release flags? Those of releases from before have none.</summary>
    public static bool AreIn(DuckDBConnection release) =>
        release.Scalar<long>(
            "select count(*) from duckdb_columns() where database_name = current_database() and schema_name = 'published' and table_name = 'figure' and column_name = 'flags'"
        ) > 0;

    /// <summary>The codes in a cell of <c>published.figure.flags</c>.</summary>
    public static IReadOnlyList<string> Split(string? flags) => flags?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
