using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Tracing;

/// <summary>From a figure to the cells of received files.</summary>
public static class FigureTrace
{
    /// <summary>The figure with its cells, proved: the release's own models run again over these cells alone.</summary>
    /// <exception cref="ReleaseException">The release has no such figure.</exception>
    public static TracedFigure Of(DuckDBConnection release, string figureId)
    {
        var (key, published, unit) = Find(release, figureId);
        var relation = published.Value is null ? null : Family(release, key);
        var cells = relation is null ? [] : Cells(release, relation, key);
        var rebuilt = relation is null ? published : Rebuild(release, Definitions.Of(release), relation, key, cells);
        var flags = release.Rows($"select {FigureFlag.Columns(release)} from published.figure where figure_id = $1", figureId)[0];
        return new(figureId, unit, published, rebuilt, [.. cells.Select(Traced)], FigureFlag.Split((string?)flags[0]), (decimal?)flags[1]);
    }

    /// <summary>The cells alone, unproved.</summary>
    /// <exception cref="ReleaseException">The release has no such figure.</exception>
    public static IReadOnlyList<TracedCell> Cells(DuckDBConnection release, string figureId)
    {
        var (key, published, _) = Find(release, figureId);
        return published.Value is null ? [] : [.. Cells(release, Family(release, key), key).Select(Traced)];
    }

    private static (FigureKey Key, FigureValue Published, string Unit) Find(DuckDBConnection connection, string figureId)
    {
        var figure =
            connection
                .Rows(
                    "select metric, breakdown, category, period_key, period_kind, value, numerator, denominator, unit, status from published.figure where figure_id = $1",
                    figureId
                )
                .SingleOrDefault()
            ?? throw new ReleaseException(
                new(
                    $"没有数字“{figureId}”，写法为 指标:分类:类别:时期，如 rd_expense:total:all:2024",
                    $"there is no figure \"{figureId}\"; write metric:breakdown:category:period, such as rd_expense:total:all:2024"
                )
            );
        if (figure[9] is "suppressed")
            throw new ReleaseException(
                new(
                    $"{figureId} 为保密不公布（×），不作追溯；内部数见 metric 各表",
                    $"{figureId} is not published to keep data confidential (×) and is not traced; inside, the tables of schema metric have it"
                )
            );
        return (
            FigureKey.Of((string)figure[0]!, (string)figure[1]!, (string)figure[2]!, (int)figure[3]!, (string)figure[4]!),
            new((decimal?)figure[5], (decimal?)figure[6], (decimal?)figure[7]),
            (string)figure[8]!
        );
    }

    /// <summary>The relation of schema metric that a figure stands in. Its view of schema lineage is bound in a tenth of the time that all of them take.</summary>
    private static string Family(DuckDBConnection connection, FigureKey key)
    {
        // Those of the one shape, asked of the release itself: reading them off the models would parse them all.
        var families = connection.Rows(
            "select 'metric.' || table_name from duckdb_columns() where schema_name = 'metric' group by table_name having bool_or(column_name = 'metric') and bool_or(column_name = 'denominator') order by 1"
        );
        return connection.Scalar<string>(
            string.Join(
                " union all ",
                families.Select(r => $"select '{r[0]}' from {r[0]} where metric = $1 and breakdown = $2 and category = $3 and period_key = $4")
            ),
            key.Metric,
            key.Breakdown,
            key.Category,
            key.PeriodKey
        )!;
    }

    private static List<object?[]> Cells(DuckDBConnection connection, string relation, FigureKey key)
    {
        // A release from before there were flags has none on its returns.
        var (flags, flagged) = FigureFlag.AreIn(connection)
            ? (
                "core.flags(c.fact = 'metric.imputed_amount', g.is_divided and c.weight is null, g.is_provisional, g.is_incomplete, g.is_revised or x.return_id is not null)",
                "left join published.return_flag as g on g.return_id = c.return_id"
            )
            : ("''", "");
        return connection.Rows(
            $"""
            select
                c.side, c.weight, c.amount, c.fact, c.fact_column, c.return_id, c.source_row, c.field,
                r.file_sha256, r.file_name, r.sheet_name, s.column_letters || c.source_row, s.heading, r.enterprise_code,
                case when c.fact <> 'metric.imputed_amount' then coalesce(cast(x.read_value as decimal(28, 6)), c.amount) * s.warehouse_base / s.unit_base end, s.unit, r.revision, r.version_no,
                cast(x.corrected_value as decimal(28, 6)) * s.warehouse_base / s.unit_base, k.reason, k.approver, k.approved_on, o.file_sha256, o.file_name, o.sheet_name, k.source_row, {flags}
            from lineage.{relation["metric.".Length..]} as c
            join core.dim_return as r using (return_id)
            join core.source_column as s on s.file_no = r.file_no and s.sheet_no = r.sheet_no and s.field = c.field
            left join core.corrected_cell as x on x.return_id = c.return_id and x.source_row = c.source_row and x.field = c.field and c.fact <> 'metric.imputed_amount'
            left join core.correction as k on k.return_id = x.correction_return_id and k.source_row = x.correction_row
            left join core.dim_return as o on o.return_id = x.correction_return_id
            {flagged}
            where c.metric = $1 and c.breakdown = $2 and c.category = $3 and c.period_key = $4
            order by c.side in ('base', 'donor'), c.side = 'donor', c.side = 'denominator', r.file_name, r.sheet_name, c.source_row, c.field, c.weight
            """,
            key.Metric,
            key.Breakdown,
            key.Category,
            key.PeriodKey
        );
    }

    private static TracedCell Traced(object?[] c) =>
        new(
            (string)c[8]!,
            (string)c[9]!,
            (string)c[10]!,
            (string)c[11]!,
            (string)c[12]!,
            (string)c[13]!,
            (string)c[0]!,
            (int?)c[1],
            Number(c[14]),
            c[15] as string,
            (decimal?)c[2],
            (int)c[16]!,
            Convert.ToInt32(c[17], CultureInfo.InvariantCulture),
            c[18] is null
                ? null
                : new(Number(c[18])!.Value, (string)c[19]!, (string)c[20]!, (DateOnly)c[21]!, (string)c[22]!, (string)c[23]!, (string)c[24]!, (long)c[25]!),
            (string)c[3]! == "metric.imputed_amount",
            FigureFlag.Split((string?)c[26])
        );

    private static decimal? Number(object? value) => value is null ? null : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    /// <summary>Runs the release's own metric models over the traced cells alone: other rows are absent, other amounts of the same rows null.</summary>
    private static FigureValue Rebuild(DuckDBConnection release, Definitions definitions, string relation, FigureKey key, List<object?[]> cells)
    {
        using var replay = new Replay(definitions);
        replay.Attach(release, "release");
        replay.Connection.Run("create table main.traced (fact varchar, fact_column varchar, return_id bigint, source_row bigint, field varchar)");
        using (var appender = replay.Connection.CreateAppender("main", "traced"))
            foreach (var c in cells)
                appender
                    .CreateRow()
                    .AppendValue((string)c[3]!)
                    .AppendValue((string)c[4]!)
                    .AppendValue(Convert.ToInt64(c[5], CultureInfo.InvariantCulture))
                    .AppendValue((long)c[6]!)
                    .AppendValue((string)c[7]!)
                    .EndRow();
        var needed = replay.CoreOf(relation);
        foreach (var (table, columns) in replay.Core("release"))
            if (needed.Contains("core." + table))
                replay.Connection.Run(Slice(table, columns));
        replay.Measure(relation);
        var row = replay
            .Connection.Rows(
                $"select value, numerator, denominator from {relation} where metric = $1 and breakdown = $2 and category = $3 and period_key = $4",
                key.Metric,
                key.Breakdown,
                key.Category,
                key.PeriodKey
            )
            .SingleOrDefault();
        // Where nothing of a kind was reported, its count is zero and has no cells.
        return row is null ? new(cells.Count == 0 ? 0 : null, null, null) : new((decimal?)row[0], (decimal?)row[1], (decimal?)row[2]);
    }

    private static string Slice(string table, IReadOnlyCollection<(string Name, string Type)> columns)
    {
        var names = columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        if (!names.Contains("return_id") || !names.Contains("source_row"))
            return $"create view core.{table} as from release.core.{table}";
        var rows =
            $"(select return_id, source_row, list(fact_column) as fact_columns from main.traced where fact = 'core.{table}' group by all) as t using (return_id, source_row)";
        if (names.Contains("field"))
            return $"create table core.{table} as select f.* from release.core.{table} as f semi join main.traced as t on t.fact = 'core.{table}' and t.return_id = f.return_id and t.source_row = f.source_row and t.field = f.field";
        // A row that is counted is taken whole; of a row of amounts only the traced ones.
        var amounts = columns.Where(c => c.Type.StartsWith("DECIMAL", StringComparison.Ordinal)).Select(c => c.Name).ToList();
        var replaced = string.Join(
            ", ",
            amounts.Select(a =>
                $"case when list_contains(t.fact_columns, '{a}') or not list_has_any(t.fact_columns, [{string.Join(", ", amounts.Select(x => $"'{x}'"))}]) then f.{a} end as {a}"
            )
        );
        return $"create table core.{table} as select f.*{(replaced.Length == 0 ? "" : $" replace ({replaced})")} from release.core.{table} as f join {rows}";
    }
}
