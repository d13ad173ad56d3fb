using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Innovation1551.Models.Disclosure;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Disclosure;

/// <summary>A small release with rules in force, its report and its public warehouse; made once for all specs here.</summary>
public sealed class GatedRelease : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public GatedRelease()
    {
        Directory.CreateDirectory(Path.Combine(Rules, "seeds"));
        File.WriteAllText(
            Path.Combine(Rules, "seeds", "disclosure_rule.csv"),
            "rule,metric,threshold,dominance_n,dominance_k_percent,p_percent,range_percent,reason\nD1,rd_expense,3,,,10,10,示例\nD2,revenue,3,,,10,10,示例\nD3,rd_intramural,3,,,10,10,示例\nD4,rd_fte,3,,,10,10,示例\n"
        );
        var inbox = _workspace.Workspace.Inbox;
        _workspace.Load([
            .. SmallReturns.WriteGroups(inbox),
            SmallReturns.WriteFile(
                inbox,
                "spend-2024-v4",
                RdSpendForm.Form,
                SmallReturns.G1,
                2024,
                4,
                12,
                [SmallReturns.Spend(SmallReturns.A, 2024, 137.317m), SmallReturns.Spend(SmallReturns.B, 2024, 61.779m)]
            ),
        ]);
        Result = Build();
        Report = ProgramRun.Of(Root, "report", "2024", "--draft", "--lang", "zh", "--format", "html,xlsx", "--definitions", Rules);
        Public = ProgramRun.Of(Root, "public", At("public.duckdb"), "--draft", "--json");
    }

    public string Root => _workspace.Workspace.Root;
    public string Rules { get; } = Directory.CreateTempSubdirectory("gate").FullName;

    internal BuildResult Result { get; }
    internal ProgramRun Report { get; }
    internal ProgramRun Public { get; }
    internal ReleaseStore Store => _workspace.Store;

    public string At(string name) => Path.Combine(Rules, name);

    internal BuildResult Build(string? asOf = null, bool force = false) =>
        new Building(_workspace.Workspace, Definitions.Load(Rules), TimeProvider.System, releasesToKeep: 50).Build(
            asOf,
            null,
            TestContext.Current.CancellationToken,
            force
        );

    /// <summary>A query over the release, which holds everything.</summary>
    public List<object?[]> Inside(string sql) => _workspace.Query(sql);

    /// <summary>A query over the public file, opened as a reader would.</summary>
    public List<object?[]> Outside(string sql)
    {
        using var connection = new DuckDB.NET.Data.DuckDBConnection($"DataSource={At("public.duckdb")};ACCESS_MODE=READ_ONLY");
        connection.Open();
        return connection.Rows(sql);
    }

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(Rules, recursive: true);
    }
}

/// <summary>With a rule in force a protected amount leaves by no door; without one nothing is looked at.</summary>
public sealed class GateSpecs(GatedRelease release) : IClassFixture<GatedRelease>
{
    /// <summary>R&amp;D expense of 2024 in 万元: of two enterprises, and of their group.</summary>
    private static readonly string[] Secrets = ["1373.17", "617.79", "1990.96"];

    [Fact]
    public void As_shipped_there_is_no_gate()
    {
        Assert.Null(
            DisclosureGate.Of(Models.WarehouseSketch.Definitions, () => throw new InvalidOperationException("looked at"), TestContext.Current.CancellationToken)
        );
        using var workspace = TestWorkspace.WithSmallRelease();
        Assert.Empty(workspace.Query("from seed.suppressed_figure"));
        Assert.Empty(workspace.Query("from published.figure where status = 'suppressed'"));
        Assert.Empty(workspace.Query("from published.disclosure"));
    }

    [Fact]
    public void The_release_holds_what_its_figures_do_not_tell()
    {
        Assert.Empty(release.Result.Failures);
        Assert.Equal(3, release.Inside($"from metric.amount where metric = 'rd_expense' and value in ({string.Join(", ", Secrets)})").Count);
        Assert.Empty(
            release.Inside(
                "from published.figure where status = 'suppressed' and (value is not null or numerator is not null or denominator is not null or contributors is not null)"
            )
        );
        // Ratios and growth made of it go with it, and so does what would tell single returns.
        Assert.Equal(
            ["rd_expense", "rd_expense_per_fte", "rd_fte", "rd_intensity"],
            release
                .Inside(
                    $"select distinct metric from published.figure where breakdown = 'group' and category = '{SmallReturns.G1}' and period = '2024' and status = 'suppressed' and metric in ('rd_expense', 'rd_intensity', 'rd_expense_per_fte', 'rd_fte') order by 1"
                )
                .Select(r => r[0])
        );
        foreach (var table in (string[])["vintage", "revision", "change"])
            Assert.Empty(release.Inside($"from published.{table} where metric = 'rd_expense'"));
        Assert.NotEmpty(release.Inside("from published.figure where metric = 'rd_expense' and breakdown = 'total' and value is not null"));
        Assert.True(release.Inside("from published.disclosure where rule = 'D1' and by_rule > 0 and threshold = 3").Count > 0);
    }

    [Fact]
    public void It_is_marked_alike_in_page_workbook_and_charts_and_nowhere_told()
    {
        Assert.Equal((0, ""), (release.Report.ExitCode, release.Report.ExitCode == 0 ? "" : release.Report.Error));
        var folder = Assert.Single(Directory.EnumerateDirectories(Path.Combine(release.Root, "reports")));
        var texts = Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".html" or ".csv" or ".json" or ".xlsx" or ".svg")
            .ToDictionary(f => Path.GetRelativePath(folder, f), Texts);
        Assert.True(texts.Count > 5, string.Join(", ", texts.Keys));
        foreach (var (file, text) in texts)
        foreach (var secret in Secrets)
        foreach (var shown in (string[])[secret, $"{decimal.Parse(secret, System.Globalization.CultureInfo.InvariantCulture):N2}", secret[..^1]])
            Assert.False(text.Contains(shown, StringComparison.Ordinal), $"{file} tells {shown}");
        foreach (var report in (string[])["report.zh.html", "report.zh.xlsx"])
        {
            Assert.Contains("×", texts[report], StringComparison.Ordinal);
            Assert.Contains("为保密不公布", texts[report], StringComparison.Ordinal);
        }
        Assert.Contains(texts, t => t.Key.EndsWith(".csv", StringComparison.Ordinal) && t.Value.Contains("suppressed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_public_warehouse_is_of_published_tables_alone_and_says_what_it_cost()
    {
        Assert.Equal((0, ""), (release.Public.ExitCode, release.Public.Error));
        var answer = release.Public.Json;
        Assert.True(answer.GetProperty("is_draft").GetBoolean());
        Assert.True(answer.GetProperty("protected_amounts").GetInt32() > 8);
        Assert.True(answer.GetProperty("suppressed").GetInt32() > answer.GetProperty("by_link").GetInt32());
        Assert.True(answer.GetProperty("lost_value_percent").GetDecimal() is > 0 and < 100);
        Assert.True(answer.GetProperty("attack_seconds").GetDouble() >= 0);

        Assert.Equal(["published"], release.Outside("select distinct schema_name from duckdb_tables()").Select(r => r[0]));
        Assert.Empty(release.Outside("select view_name from duckdb_views() where not internal"));
        Assert.Empty(release.Outside("from published.figure where breakdown = 'enterprise'"));
        Assert.Equal(
            [
                ["×"],
            ],
            release.Outside("select distinct mark from published.figure where status = 'suppressed' and value is null")
        );
        Assert.Empty(release.Outside("from published.figure where mark is not null and status <> 'suppressed'"));
        Assert.Contains(
            "为保密不公布",
            (string)release.Outside("select comment from duckdb_columns() where column_name = 'mark'")[0][0]!,
            StringComparison.Ordinal
        );
        Assert.NotEmpty(release.Outside("select comment from duckdb_columns() where table_name = 'figure' and comment like '% / %'"));
        Assert.NotEmpty(release.Outside("from published.disclosure"));
        // Not told as text anywhere in the file.
        foreach (var table in release.Outside("select table_name from duckdb_tables()"))
        foreach (var secret in Secrets)
            Assert.Empty(release.Outside($"select x from (select cast(t as varchar) as x from published.{table[0]} as t) where contains(x, '{secret}')"));
    }

    /// <summary>Every amount less every other of its unit, and plus it, and less the sum of all others of a breakdown: none is a secret.</summary>
    [Fact]
    public void Differences_by_sql_find_nothing()
    {
        const string told = """
            with told as (
                select figure_id, unnest([value, numerator, denominator]) as n from published.figure join published.metric using (metric)
                where metric.unit = 'wan' or starts_with(metric, 'rd_') or starts_with(metric, 'revenue')
                union all
                select metric || ' over ' || breakdown || ' ' || period, sum(value) from published.figure where metric = 'rd_expense' and breakdown <> 'total' group by metric, breakdown, period
            ),
            known as (select min(figure_id) as figure_id, n from told where n is not null group by n),
            differences as (
                select figure_id as how, n from known
                union all select a.figure_id || ' - ' || b.figure_id, a.n - b.n from known as a cross join known as b
                union all select a.figure_id || ' + ' || b.figure_id, a.n + b.n from known as a cross join known as b
            )
            """;
        Assert.NotEmpty(release.Outside($"{told} select * from differences limit 1"));
        Assert.Equal(
            [],
            release
                .Outside($"{told} select how, n from differences where {string.Join(" or ", Secrets.Select(s => $"abs(n - {s}) < 0.5"))}")
                .Select(r => $"{r[0]} = {r[1]}")
        );
        // The same differences over what the release holds do find them: the attack is a real one.
        Assert.NotEmpty(
            release.Inside(
                """
                select t.value - sum(g.value) as rest
                from metric.amount as t join metric.amount as g on g.metric = t.metric and g.period_key = t.period_key and g.breakdown = 'group'
                where t.metric = 'rd_expense' and t.breakdown = 'total' and t.period_key = 2024000 and g.value <> 1990.96
                group by t.value having abs(rest - 1990.96) < 0.5
                """
            )
        );
    }

    [Fact]
    public void A_release_without_suppression_is_not_handed_out_under_a_rule()
    {
        // As if somebody had put one figure back.
        var (manifest, warehouse) = (release.Store.Find("latest"), release.At("tampered.duckdb"));
        File.Copy(release.Store.WarehousePath(manifest), warehouse);
        File.SetAttributes(warehouse, FileAttributes.Normal);
        using (var open = Database.OpenForWriting(warehouse))
            open.Run(
                $"update published.figure set value = 1990.96, status = 'actual' where metric = 'rd_expense' and breakdown = 'group' and category = '{SmallReturns.G1}' and period = '2024'; checkpoint"
            );
        var place = release.At("leaking.duckdb");
        var refusal = Assert.Throws<DisclosureException>(() =>
            PublicWarehouse.Write(manifest, warehouse, place, true, () => [], TestContext.Current.CancellationToken)
        );
        Assert.Contains("give away", refusal.Problem.En, StringComparison.Ordinal);
        Assert.False(File.Exists(place));
    }

    [Fact]
    public void What_an_approved_edition_hid_stays_hidden_when_the_rule_is_eased()
    {
        using var next = new TestWorkspace();
        TestWorkspace.Copy(release.Root, next.Workspace.Root);
        var first = next.Store.Find("latest");
        next.Store.Approvals.Record(new(first.Id, first.ContentHash, "张三", "审定", DateTimeOffset.UnixEpoch, null, IsUndone: false));
        Directory.CreateDirectory(Path.Combine(next.Workspace.Scratch, "eased", "seeds"));
        File.WriteAllText(
            Path.Combine(next.Workspace.Scratch, "eased", "seeds", "disclosure_rule.csv"),
            Models.WarehouseSketch.Definitions[DisclosureRules.Path] + "D1,rd_expense,2,,,,1,示例\n"
        );
        var eased = Definitions.Load(Path.Combine(next.Workspace.Scratch, "eased"));
        Assert.Empty(new Building(next.Workspace, eased, TimeProvider.System, 50).Build(null, null, TestContext.Current.CancellationToken).Failures);
        var group = $"rd_expense:group:{SmallReturns.G1}:2024";
        Assert.Equal(
            [
                ["earlier"],
            ],
            next.Query($"select reason from seed.suppressed_figure where figure_id = '{group}'")
        );
        Assert.Equal(
            [
                ["suppressed"],
            ],
            next.Query($"select status from published.figure where figure_id = '{group}'")
        );
    }

    [Fact]
    public void A_damaged_approved_edition_is_refused_by_name_and_not_passed_over()
    {
        using var next = new TestWorkspace();
        TestWorkspace.Copy(release.Root, next.Workspace.Root);
        var first = next.Store.Find("latest");
        next.Store.Approvals.Record(new(first.Id, first.ContentHash, "张三", "审定", DateTimeOffset.UnixEpoch, null, IsUndone: false));
        Assert.Equal(first.Id, Assert.Single(EarlierEdition.Of(next.Store, null)).Release);
        var file = next.Store.WarehousePath(first);
        File.SetAttributes(file, FileAttributes.Normal);
        using (var stream = File.OpenWrite(file))
        {
            stream.Position = stream.Length / 2;
            stream.Write("turned"u8);
        }
        var refusal = Assert.Throws<DisclosureException>(() => EarlierEdition.Of(next.Store, null)).Problem;
        Assert.Contains($"the approved release {first.Id} is damaged", refusal.En, StringComparison.Ordinal);
        Assert.Contains($"innovation approve {first.Id} --undo", refusal.Zh, StringComparison.Ordinal);
        Assert.Empty(EarlierEdition.Of(next.Store, first.Id));
    }

    [Fact]
    public void What_fails_the_checklist_leaves_only_as_a_draft_and_never_into_the_workspace()
    {
        var refused = ProgramRun.Of(release.Root, "public", release.At("second.duckdb"), "--lang", "en");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("nobody has approved it", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, ProgramRun.Of(release.Root, "public", Path.Combine(release.Root, "x.duckdb"), "--draft").ExitCode);
    }

    [Fact]
    public void Every_published_table_is_public_or_known_to_stay() =>
        Assert.Equal(
            Models
                .WarehouseSketch.Graph.Ordered.Select(m => m.Relation)
                .Where(r => r.StartsWith("published.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            PublicWarehouse.Tables.Concat(["column_lineage", "figure_flag", "return_flag"]).Select(t => "published." + t).Order(StringComparer.Ordinal)
        );

    private static string Texts(string file)
    {
        if (Path.GetExtension(file) is not ".xlsx")
            // Coordinates are numbers and tell none.
            return WebUtility.HtmlDecode(
                Regex.Replace(File.ReadAllText(file), " (d|points|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform|viewBox|stroke-[a-z]+)=\"[^\"]*\"", "")
            );
        using var zip = ZipFile.OpenRead(file);
        var text = new StringBuilder();
        foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }
        return text.ToString();
    }
}
