using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Signing;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Proofreading;

namespace Innovation1551.Pipeline.Work;

/// <summary>One thing that must hold before a release goes out.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="MayBeWaived">A person may answer for it as it is. What a verb of its own puts right may not.</param>
/// <param name="Faults">What does not hold; empty where all does.</param>
/// <param name="Waiver">That somebody answers for just these faults; null where nobody does.</param>
public sealed record ChecklistItem(string Name, Text Title, bool MayBeWaived, IReadOnlyList<Text> Faults, Waiver? Waiver)
{
    /// <summary>holds, waived or fails.</summary>
    public string Verdict =>
        Faults.Count == 0 ? "holds"
        : Waiver is not null ? "waived"
        : "fails";
}

/// <summary>
/// What must hold before a release and its reports are signed, or its data leave the workspace: read off the release and off the finished files, never
/// off what the program meant to write.
/// </summary>
public sealed class ReleaseChecklist(Workspace workspace, DateOnly today)
{
    /// <summary>Every item of it, in the order in which they are told: its name, what must hold, whether it can be waived, and whether it is about reports.</summary>
    private static readonly (string Name, Text Title, bool MayBeWaived, bool OfReports)[] Plan =
    [
        ("integrity", new("版本、报告与已发布的数据完好", "release, reports and published data are whole"), false, false),
        ("errors", new("没有因错误而剔除的行", "no row is kept out because of an error"), true, false),
        ("warnings", new("需说明的问题都有说明", "every warning is explained"), true, false),
        ("numerals", new("报告中每个数都出自发布数字", "every numeral of the reports is a published figure"), true, true),
        ("alt-text", new("每幅图都有替代文字", "every picture has a text in its place"), true, true),
        ("translation", new("中文、英文齐全", "all is there in Chinese and in English"), true, false),
        ("links", new("链接都通", "every link leads somewhere"), true, true),
        ("exposure", new("不出现自然人的姓名、证件号、手机号", "no natural person is named, by name, identity number or telephone"), true, false),
        ("embargo", new("发布日期已到", "the day of publication has come"), false, false),
        ("approval", new("已批准，报告也如此写明", "approved, and the reports say so"), false, false),
    ];

    /// <summary>The names of all items.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Plan.Select(p => p.Name)];

    /// <summary>Every item with what does not hold.</summary>
    /// <param name="withReports">Also what is about reports: false where data leave alone.</param>
    public IReadOnlyList<ChecklistItem> Of(OpenRelease release, bool withReports = true)
    {
        var approvals = new Approvals(workspace.Releases);
        var waivers = new Waivers(workspace.Releases);
        var approval = approvals.Of(release.Manifest);
        var reports = withReports ? Reports(release.Manifest.Id) : [];
        var damage = Integrity(release, withReports).ToArray();
        // What is damaged is not read any further: a page that was changed would be judged in the place of the one that was made.
        Proof[] proofs = damage.Length > 0 ? [] : [.. reports.Select(r => new Proof(r))];
        var linter =
            proofs.Length > 0 ? new NumeralLinter(release.Connection, reports.Any(AnnualReport.IsIn) ? EditionBefore.Changes(workspace, release) : null) : null;
        return
        [
            .. Plan.Where(p => withReports || !p.OfReports)
                .Select(p =>
                {
                    Text[] faults =
                    [
                        .. p.Name switch
                        {
                            "integrity" => damage,
                            _ when damage.Length > 0 && (p.OfReports || p.Name == "translation") => [NotRead],
                            "errors" => Errors(release.Connection),
                            "warnings" => Warnings(release.Connection),
                            "numerals" => proofs.SelectMany(r => r.Numerals(linter!)),
                            "alt-text" => proofs.SelectMany(r => r.Pictures()),
                            "translation" => Unnamed(release.Connection).Concat(Untranslated(release.Connection, approvals.Approvers, proofs)),
                            "links" => proofs.SelectMany(r => r.Links()),
                            "exposure" => new NamedPersons(release.Connection, approvals.Approvers).In(
                                Texts(release.Connection).Concat(proofs.SelectMany(r => r.Words))
                            ),
                            "embargo" => Embargo(approval),
                            _ => Approved(release.Manifest, approvals, reports),
                        },
                    ];
                    return new ChecklistItem(
                        p.Name,
                        p.Title,
                        p.MayBeWaived,
                        faults,
                        p.MayBeWaived && faults.Length > 0 ? waivers.Of(release.Manifest.Id, p.Name, faults) : null
                    );
                }),
        ];
    }

    /// <summary>The folders of the reports of a release.</summary>
    public IReadOnlyList<string> Reports(string release) =>
        Directory.Exists(workspace.Reports)
            ?
            [
                .. Directory
                    .EnumerateDirectories(workspace.Reports, "*-" + release)
                    .Where(d => File.Exists(Path.Combine(d, "manifest.json")))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    private static readonly Text NotRead = new("未检查：先使报告完好", "not looked at: the reports must be whole first");

    /// <summary>What was made is what lies there: the release, each file of its reports, the data published of it.</summary>
    private IReadOnlyList<Text> Integrity(OpenRelease release, bool withReports)
    {
        var faults = ReleaseVerifier.Verify(Path.GetDirectoryName(release.WarehousePath)!, workspace.Scratch, release.Manifest.Id).ToList();
        if (faults.Count > 0 || !withReports)
            return faults;
        try
        {
            var edition = Edition.Of(release.Manifest, release.Connection, workspace.Reports, workspace.Published);
            faults.AddRange(edition.Differences(release.Manifest, release.Connection, workspace.Reports, workspace.Published));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            faults.Add(new($"有报告的清单无法读取：{e.Message}", $"the manifest of a report cannot be read: {e.Message}"));
        }
        return faults;
    }

    /// <summary>
    /// Rows that were received and are in no figure because of an error, by file: but for those of a return in whose place another has come.
    /// </summary>
    private static IEnumerable<Text> Errors(DuckDBConnection release) =>
        release
            .Rows(
                """
                with replaced as (
                    select f.file_no, sum(f.rejected_rows) as n
                    from core.faulty_return as f
                    where exists (
                        from core.dim_return as r where r.is_latest and r.form = f.form and r.enterprise_code = f.enterprise_code and r.period_key = f.period_key
                            and r.file_no > f.file_no)
                    group by all
                )
                select a.file_name, a.rows_rejected - coalesce(r.n, 0) as open
                from core.file_account as a left join replaced as r using (file_no)
                where open > 0
                order by a.file_name, a.file_sha256
                """
            )
            .Select(r => new Text($"{r[0]}：{r[1]} 行有错误，未计入", $"{r[0]}: rows kept out because of an error: {r[1]}"));

    /// <summary>Warnings on returns in force that neither an explanation nor a reviewer has answered, by enterprise, form and period.</summary>
    private static IEnumerable<Text> Warnings(DuckDBConnection release) =>
        release
            .Rows(
                """
                select coalesce(e.enterprise_name, f.enterprise_code) as name, f.form, p.period, cast(sum(f.open_warnings) as bigint) as n
                from core.faulty_return as f
                join core.dim_period as p using (period_key)
                join core.dim_return as r on r.is_latest and r.form = f.form and r.enterprise_code = f.enterprise_code and r.period_key = f.period_key
                    and r.file_no = f.file_no and r.sheet_no = f.sheet_no
                left join published.dim_enterprise as e on e.enterprise_code = f.enterprise_code
                where f.open_warnings > 0
                group by all
                order by all
                """
            )
            .Select(r => new Text($"{r[0]}，{r[1]}，{r[2]}：{r[3]} 个问题未说明", $"{r[0]}, {r[1]}, {r[2]}: warnings without an explanation: {r[3]}"));

    /// <summary>Names, units and definitions that one language lacks, or whose English is Chinese.</summary>
    private static IEnumerable<Text> Unnamed(DuckDBConnection release)
    {
        // The names of tables and columns are the models' own and no data.
        var pairs = release.Rows(
            """
            select distinct schema_name || '.' || table_name, column_name, left(column_name, -3) || '_en'
            from duckdb_columns() as z
            where schema_name in ('published', 'seed') and ends_with(column_name, '_zh') and (schema_name, table_name) in (select (schema_name, table_name) from duckdb_tables())
                and exists (from duckdb_columns() as e where e.schema_name = z.schema_name and e.table_name = z.table_name and e.column_name = left(z.column_name, -3) || '_en')
            order by all
            """
        );
        foreach (var pair in pairs)
        foreach (
            var row in release.Rows(
                $"""
                select distinct coalesce(z, e) from (select nullif(trim({pair[1]}), '') as z, nullif(trim({pair[2]}), '') as e from {pair[0]})
                where (z is null) <> (e is null) or z <> e and regexp_matches(e, '[一-鿿]')
                order by 1
                """
            )
        )
            yield return new($"{pair[0]} 的 {pair[2]} 缺少或未译：{row[0]}", $"{pair[2]} of {pair[0]} is missing or not translated: {row[0]}");
    }

    /// <summary>What enterprises and sources state in their own words: it is Chinese in either language.</summary>
    private static readonly string[] Foreign =
    [
        "core.dim_enterprise.enterprise_name",
        "core.dim_enterprise.aliases",
        "published.target.quote",
        "published.target.source_zh",
        "published.task_month_wide.task_name",
        "published.task_month_wide.enterprises",
        "published.lab_readiness_wide.lab_name",
        "published.evaluation_part.reason",
    ];

    private static IEnumerable<Text> Untranslated(DuckDBConnection release, IEnumerable<string> approvers, IReadOnlyList<Proof> proofs)
    {
        if (proofs.Count == 0)
            return [];
        var names = ReleaseTexts
            .Of(release, Foreign)
            .SelectMany(n => n.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append(n))
            .Concat(release.Rows("select name_zh from published.category where name_zh = name_en").Select(r => (string)r[0]!))
            .Concat(approvers)
            .ToArray();
        return proofs.SelectMany(p => p.Untranslated(names));
    }

    /// <summary>What a release says in words wherever its figures go: the names of what is measured and of whom.</summary>
    private static IEnumerable<(string Name, string Words)> Texts(DuckDBConnection release) =>
        release
            .Rows(
                """
                select 'published.metric', string_agg(name_zh || ' ' || name_en, chr(10)) from published.metric
                union all
                select 'published.category', string_agg(name_zh || ' ' || name_en, chr(10)) from published.category
                """
            )
            .Select(r => ((string)r[0]!, r[1] as string ?? ""));

    private IEnumerable<Text> Embargo(Approval? approval)
    {
        if (approval?.Embargo is { } day && day > today)
            yield return new(
                $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 前不得发布（{approval.By}）",
                $"not to be published before {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} ({approval.By})"
            );
    }

    private IEnumerable<Text> Approved(Manifest manifest, Approvals approvals, IReadOnlyList<string> reports)
    {
        foreach (var fault in (Text?[])[approvals.Fault, approvals.Mismatch(manifest)])
            if (fault is not null)
                yield return fault;
        var approval = approvals.Of(manifest);
        if (approval is null)
            yield return new($"尚未批准：innovation approve {manifest.Id}", $"nobody has approved it: innovation approve {manifest.Id}");
        var standing = ReportStanding.Of(approval, today);
        foreach (
            var folder in reports
                .SelectMany(r => Directory.EnumerateFiles(r, "manifest.json", SearchOption.AllDirectories))
                .Select(f => Path.GetDirectoryName(f)!)
                .Where(f => !AnnualReport.Says(f, standing))
        )
            yield return new(
                $"{Path.GetRelativePath(workspace.Reports, folder)} 所写的批准情况不是现在的：请重新生成（innovation report）",
                $"{Path.GetRelativePath(workspace.Reports, folder)} says another standing than there is now: make it again (innovation report)"
            );
        var before = EditionBefore.Of(workspace, manifest.Id);
        foreach (var folder in reports.Where(r => AnnualReport.IsIn(r) && AnnualReport.EditionBefore(r) != before))
            yield return new(
                $"{Path.GetFileName(folder)} 所说的变动不是与现在的上一版（{before ?? "无"}）相比：请重新生成（innovation report）",
                $"{Path.GetFileName(folder)} tells the changes since another edition than the one before it now ({before ?? "none"}): make it again (innovation report)"
            );
    }
}
