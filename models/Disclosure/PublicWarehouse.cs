using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Disclosure;

/// <summary>What was written, and what it gives away.</summary>
/// <param name="Figures">Figures in the file that have a value or had one; those of single enterprises are not in it.</param>
/// <param name="Suppressed">Of which not published.</param>
/// <param name="ByRule">Of which because a rule forbids them; the others because these could be reckoned from them.</param>
/// <param name="LostValuePercent">What part of the protected amounts, summed over all breakdowns, is not published; null where nothing is protected.</param>
/// <param name="Attack">What an attacker makes of it; null where no rule is in force.</param>
public sealed record PublicFile(int Tables, long Rows, long Figures, long Suppressed, long ByRule, decimal? LostValuePercent, Attack? Attack);

/// <summary>
/// A warehouse of its own for everybody: the published tables alone, without single enterprises, in a file into which nothing else was ever written, so that
/// no query can find what is not published. What it gives away is reckoned from the file itself before anybody gets it.
/// </summary>
public static class PublicWarehouse
{
    /// <summary>What is not published stands so wherever figures are shown.</summary>
    public const string Mark = "×";

    /// <summary>The tables that leave. A published table that is not here stays inside, such as the lineage of columns, which tells of inner tables.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "breakdown",
        "category",
        "change",
        "contribution",
        "coverage",
        "evaluation_part",
        "evaluation_score",
        "figure",
        "flag",
        "forecast",
        "metric",
        "release",
        "response",
        "revision",
        "revision_by_stage",
        "revision_cause",
        "revision_summary",
        "stage",
        "target",
        "target_path",
        "target_progress",
        "vintage",
    ];

    /// <summary>Writes the file and attacks it.</summary>
    /// <param name="warehouse">The warehouse of the release.</param>
    /// <param name="place">A path at which nothing stands; removed where the file may not leave.</param>
    /// <param name="isDraft">The file says that it is a draft.</param>
    /// <param name="earlier">Finds the editions that have been published; asked only where something is protected.</param>
    /// <exception cref="DisclosureException">It would give away what is protected, or that could not be made out in time.</exception>
    public static PublicFile Write(
        Manifest manifest,
        string warehouse,
        string place,
        bool isDraft,
        Func<IReadOnlyList<EarlierEdition>> earlier,
        CancellationToken cancel,
        IProgress<(int Done, int Total, string What)>? progress = null
    )
    {
        try
        {
            long rows;
            using (var file = Database.OpenForBuilding(place))
            {
                file.Run($"attach {Sql.Literal(warehouse)} as release (read_only)");
                file.Run("create schema published");
                rows = Tables.Append("disclosure").Sum(table => Copy(file, table));
                Edition(file, manifest, isDraft);
                file.Run("detach release");
                file.Run("checkpoint");
            }
            using var attacked = new DuckDBConnection("DataSource=:memory:");
            attacked.Open();
            attacked.Run($"attach {Sql.Literal(warehouse)} as release (read_only); attach {Sql.Literal(place)} as public (read_only); use release");
            var isProtected = attacked.Scalar<long>("select count(*) from seed.disclosure_rule") > 0;
            var attack = isProtected ? DisclosureGate.Audit(attacked, "public.published.figure", earlier(), cancel, progress) : null;
            if (attack is { Exposed: [var first, ..] exposed })
                throw new DisclosureException(
                    new(
                        $"公开库会泄露 {exposed.Count} 处受保护的数据（如 {first}），不予发布；请用现行规则重新构建：innovation build",
                        $"the public warehouse would give away {exposed.Count} protected amounts (such as {first}), so it is not published; build again under the rules in force: innovation build"
                    )
                );
            var counts = attacked.Rows("select count(*), count(*) filter (where status = 'suppressed') from public.published.figure where status <> 'missing'")[
                0
            ];
            var byRule = attacked.Scalar<long>("select coalesce(sum(by_rule), 0) from public.published.disclosure");
            return new(Tables.Count + 2, rows, (long)counts[0]!, (long)counts[1]!, byRule, isProtected ? Lost(attacked) : null, attack);
        }
        catch
        {
            File.Delete(place);
            throw;
        }
    }

    /// <summary>Copies a published table with its meanings; rows of single enterprises stay behind.</summary>
    private static long Copy(DuckDBConnection file, string table)
    {
        var columns = file.Rows(
            "select column_name, comment from duckdb_columns() where database_name = 'release' and schema_name = 'published' and table_name = $1 order by column_index",
            table
        );
        var (mark, without) = (
            table == "figure" ? $"*, case when status = 'suppressed' then {Sql.Literal(Mark)} end as mark" : "*",
            columns.Any(c => (string)c[0]! == "breakdown") ? " where breakdown <> 'enterprise'" : ""
        );
        file.Run($"create table published.{table} as select {mark} from release.published.{table}{without} order by all");
        var meaning = file.Scalar<string>(
            "select comment from (select database_name, schema_name, table_name, comment from duckdb_tables() union all select database_name, schema_name, view_name, comment from duckdb_views()) where database_name = 'release' and schema_name = 'published' and table_name = $1",
            table
        );
        Comment($"table published.{table}", meaning);
        foreach (var column in columns)
            Comment($"column published.{table}.{Sql.Name((string)column[0]!)}", column[1] as string);
        if (table == "figure")
            Comment("column published.figure.mark", $"{Mark} 为保密不公布 / {Mark} not published to keep data confidential");
        return file.Scalar<long>($"select count(*) from published.{table}");

        void Comment(string what, string? meaning)
        {
            if (meaning is not null)
                file.Run($"comment on {what} is {Sql.Literal(meaning)}");
        }
    }

    private static void Edition(DuckDBConnection file, Manifest manifest, bool isDraft)
    {
        file.Run(
            "create table published.edition as select $1 as release_id, $2 as content_hash, $3 as is_draft, $4 as is_synthetic, $5 as note_zh, $6 as note_en",
            manifest.Id,
            manifest.ContentHash,
            isDraft,
            manifest.IsSynthetic,
            $"只含公布的数字，不含单个企业；{Mark} 为保密不公布，见 published.disclosure" + (manifest.IsSynthetic ? "；示例数据" : ""),
            $"published figures alone, no single enterprises; {Mark} is not published to keep data confidential, see published.disclosure"
                + (manifest.IsSynthetic ? "; synthetic sample data" : "")
        );
        file.Run("comment on table published.edition is '本文件是哪一版 / which edition this file is'");
    }

    private static decimal? Lost(DuckDBConnection release) =>
        release.Scalar<decimal?>(
            """
            select core.percent(coalesce(sum(a.value) filter (where s.figure_id is not null), 0), sum(a.value))
            from metric.amount as a
            join seed.disclosure_rule as r using (metric)
            join core.dim_period as p using (period_key)
            left join seed.suppressed_figure as s
                on s.figure_id = a.metric || case p.period_kind when 'ytd' then '_ytd' else '' end || ':' || a.breakdown || ':' || a.category || ':' || p.period
            where a.breakdown <> 'enterprise'
            """
        );
}
