using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Charts.Catalogue;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Formats;
using Innovation1551.Publishing.Proofreading;
using Xunit;

namespace Innovation1551.Specs.Publishing;

/// <summary>A report written once and read by many specs.</summary>
public sealed class WrittenReport : IDisposable
{
    /// <summary>All but the PDF, which takes as long as all others: PdfFormatSpecs has one of its own.</summary>
    public static readonly IReadOnlyList<IReportFormat> Formats = [.. ReportFormats.All.Where(f => f is not PdfFormat)];

    public WrittenReport()
    {
        using var release = PublishedFixture.Open();
        Result = AnnualReport.Write(release, 2025, Folder, PublishedFixture.ReleaseId, inputs: [("b.xlsx", "bb"), ("a.csv", "aa")], formats: Formats);
        Html = File.ReadAllText(Path.Combine(Folder, "report.zh.html"));
        English = File.ReadAllText(Path.Combine(Folder, "report.en.html"));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("report").FullName;
    public ReportResult Result { get; }

    /// <summary>The Chinese page.</summary>
    public string Html { get; }
    public string English { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>The specs that read the one written report.</summary>
[CollectionDefinition(nameof(WrittenReport))]
public sealed class WithReport : ICollectionFixture<WrittenReport>;

[Collection(nameof(WrittenReport))]
public partial class AnnualReportSpecs(WrittenReport report)
{
    [Fact]
    public void The_report_has_its_documents_seven_files_for_each_chart_and_a_manifest_that_is_true()
    {
        Assert.Equal(report.Result.Charts * 7 + report.Result.Documents.Count, report.Result.Files.Count);
        Assert.Empty(report.Result.Omitted);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(report.Folder, "manifest.json")));
        foreach (var output in manifest.RootElement.GetProperty("outputs").EnumerateArray())
        {
            var bytes = File.ReadAllBytes(Path.Combine(report.Folder, output.GetProperty("path").GetString()!));
            Assert.Equal(output.GetProperty("size").GetInt64(), bytes.Length);
            Assert.Equal(output.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }

        Assert.Equal(["a.csv", "b.xlsx"], manifest.RootElement.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("name").GetString()!));
        Assert.True(manifest.RootElement.GetProperty("is_synthetic").GetBoolean());
    }

    /// <summary>Who takes one file out of the folder still learns what it is; CSV is read by DuckDB, Arrow by Apache's reader, and both tell the same.</summary>
    [Fact]
    public void The_data_of_every_chart_say_what_they_are_and_are_read_again_equal()
    {
        using var shell = new DuckDBConnection("DataSource=:memory:");
        shell.Open();
        var units = new Dictionary<string, Text?>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(Path.Combine(report.Folder, "charts"), "*.arrow"))
        {
            var (csv, id) = (Path.ChangeExtension(path, ".csv"), Path.GetFileNameWithoutExtension(path));
            using var reader = new ArrowFileReader(File.OpenRead(path));
            using var batch = reader.ReadNextRecordBatch();
            var schema = reader.Schema;
            using var beside = JsonDocument.Parse(File.ReadAllBytes(csv + ".about.json"));
            var about = beside.RootElement;
            string Said(string key) => schema.Metadata["innovation1551." + key];
            string? Beside(string key) => about.GetProperty(key).GetString();

            Assert.Equal((PublishedFixture.ReleaseId, PublishedFixture.ReleaseId), (Said("release"), Beside("release")));
            Assert.Equal(("2024 final, 2025 preliminary", "2024 final, 2025 preliminary"), (Said("stage"), Beside("stage")));
            Assert.Equal(("true", true), (Said("is_synthetic"), about.GetProperty("is_synthetic").GetBoolean()));
            Assert.Equal(
                (TableAbout.Synthetic.ToString(), TableAbout.Synthetic.En),
                (Said("synthetic"), about.GetProperty("synthetic").GetProperty("en").GetString())
            );
            var title = ChartCatalogue.All.Single(d => d.Id == id).Title;
            Assert.Equal((title.ToString(), title.Zh), (Said("title"), about.GetProperty("title").GetProperty("zh").GetString()));
            Assert.Equal(about.GetProperty("columns").GetRawText(), Said("columns"));
            var columns = about.GetProperty("columns").EnumerateArray().ToArray();
            Assert.Equal(schema.FieldsList.Select(f => f.Name), columns.Select(c => c.GetProperty("name").GetString()!));
            Assert.All(columns, c => Assert.NotEqual("", c.GetProperty("meaning").GetString()));
            var unit = columns.Single(c => c.GetProperty("name").GetString() == "value").GetProperty("unit");
            units[id] = unit.ValueKind == JsonValueKind.Null ? null : new(unit.GetProperty("zh").GetString()!, unit.GetProperty("en").GetString()!);

            Assert.Equal(string.Join(',', schema.FieldsList.Select(f => f.Name)), File.ReadLines(csv).First());
            using var command = shell.CreateCommand();
            command.CommandText = $"select * replace (cast(value as decimal(38, 10)) as value) from read_csv('{csv}', header = true, all_varchar = true)";
            using var rows = command.ExecuteReader();
            var read = 0;
            for (; rows.Read(); read++)
            for (var c = 0; c < batch.ColumnCount; c++)
            {
                object? held = batch.Column(c) switch
                {
                    StringArray texts => texts.GetString(read),
                    Decimal128Array numbers => numbers.GetValue(read),
                    BooleanArray truths => truths.GetValue(read) is true ? "true" : "false",
                    var other => throw new InvalidDataException(other.Data.DataType.Name),
                };
                Assert.Equal(rows.IsDBNull(c) ? null : rows.GetValue(c), held);
            }
            Assert.Equal(batch.Length, read);
            // One unit in the head is the unit of every row.
            if (units[id] is { } all)
                Assert.All(Enumerable.Range(0, read), i => Assert.Equal(all.Zh, ((StringArray)batch.Column("unit_zh")).GetString(i)));
        }

        Assert.Equal(report.Result.Charts, units.Count);
        Assert.Equal(new Text("%", "%"), units["rd-intensity"]);
        Assert.Equal(new Text("亿元", "hundred million yuan"), units["rd-industry"]);
    }

    [Fact]
    public void The_page_needs_nothing_but_itself_and_lets_nothing_else_run()
    {
        Assert.DoesNotContain(Resources().Matches(report.Html), m => !m.Groups[2].Value.StartsWith("data:", StringComparison.Ordinal));
        var policy = Regex.Match(report.Html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains(Hash("script"), policy, StringComparison.Ordinal);
        Assert.Contains(Hash("style"), policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<[^>]+ (style|on[a-z]+)=", report.Html);

        string Hash(string tag) =>
            "'sha256-"
            + Convert.ToBase64String(
                SHA256.HashData(Encoding.UTF8.GetBytes(Regex.Match(report.Html, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value))
            )
            + "'";
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        foreach (var page in new[] { report.Html, report.English })
        foreach (Match link in Links().Matches(page))
            if (link.Groups[1].Value is ['#', .. var id])
                Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal);
            else
                Assert.True(File.Exists(Path.Combine(report.Folder, link.Groups[1].Value)), link.Groups[1].Value);
    }

    [Fact]
    public void Each_page_is_of_one_language_and_names_the_other()
    {
        Assert.Contains("<html lang=\"zh-Hans\">", report.Html, StringComparison.Ordinal);
        Assert.Contains("hreflang=\"en\" href=\"report.en.html\"", report.Html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", report.English, StringComparison.Ordinal);
        Assert.Contains("hreflang=\"zh-Hans\" href=\"report.zh.html\"", report.English, StringComparison.Ordinal);
        Assert.InRange(report.Html.Length, 100_000, 2_500_000);
        // What is Chinese on the English page says so to who has it read out.
        var unmarked = Regex.Replace(
            report.English[report.English.IndexOf("<body", StringComparison.Ordinal)..],
            "<([a-z]+)[^>]* lang=\"zh[^\"]*\"[^>]*>[^<]*</\\1>|<script.*?</script>| (aria-label|data-[a-z]+)=\"[^\"]*\"",
            ""
        );
        Assert.DoesNotMatch("[\u4e00-\u9fff]", unmarked);
    }

    [Fact]
    public void A_report_of_one_language_and_format_holds_no_other_and_leaves_none_of_an_earlier_one()
    {
        var folder = Directory.CreateTempSubdirectory("single").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "report.en.html"), "old");
            using var release = PublishedFixture.Open("delete from published.figure where breakdown <> 'total'");
            var result = AnnualReport.Write(
                release,
                2025,
                folder,
                PublishedFixture.ReleaseId,
                cancellation: TestContext.Current.CancellationToken,
                formats: [new HtmlFormat()],
                languages: [Language.Zh]
            );
            Assert.Equal([Path.Combine(folder, "report.zh.html")], result.Documents);
            Assert.Equal(["manifest.json", "report.zh.html", "report.zip"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.DoesNotContain("report.en", File.ReadAllText(result.Documents[0]), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_numeral_of_the_page_is_a_figure_that_displays_as_just_that_or_is_declared_as_words()
    {
        using var release = PublishedFixture.Open();
        foreach (var page in new[] { report.Html, report.English })
        {
            var (bound, problems) = new NumeralLinter(release).Check(page);
            Assert.Empty(problems);
            Assert.True(bound > 2000, $"{bound}");
        }
    }

    [Theory]
    [InlineData("<p class=\"value\"><span data-figure=\"rd_expense:total:all:2025\">", "<p class=\"value\"><span data-figure=\"revenue:total:all:2025\">")]
    [InlineData("data-figure=\"patents_granted:total:all:2025\"", "data-figure=\"patents_granted:total:all:2055\"")]
    [InlineData("<p class=\"meta\">", "<p class=\"meta\">97.3")]
    [InlineData("data-derived=\"difference ", "data-derived=\"growth ")]
    [InlineData("data-prose=\"order\"", "data-prose=\"quote\"")]
    public void A_numeral_of_another_figure_an_unknown_id_and_an_unbound_numeral_are_found(string from, string to)
    {
        using var release = PublishedFixture.Open();
        Assert.Contains(from, report.Html, StringComparison.Ordinal);
        Assert.NotEmpty(new NumeralLinter(release).Check(report.Html.Replace(from, to, StringComparison.Ordinal)).Problems);
    }

    [Fact]
    public void Synthetic_data_says_so_at_the_top_and_in_each_figure()
    {
        Assert.Contains("class=\"synthetic\"", report.Html, StringComparison.Ordinal);
        Assert.Equal(report.Result.Charts, Regex.Count(report.Html, "<figure "));
        Assert.Equal(report.Result.Charts, Regex.Count(report.Html, "<span class=\"tag\">示例数据 synthetic"));
    }

    [Fact]
    public void Each_chart_is_there_in_both_languages_with_a_text_for_those_who_cannot_see_it()
    {
        foreach (var (page, language) in new[] { (report.Html, "zh-Hans"), (report.English, "en") })
            Assert.Equal(
                report.Result.Charts,
                Regex.Count(page, $"<svg xmlns=\"[^\"]+\" viewBox=\"[^\"]+\" role=\"img\" lang=\"{language}\" aria-label=\"[^\"]{{30,}}\"")
            );
    }

    [Fact]
    public void Headings_go_down_one_step_at_a_time()
    {
        var levels = Regex
            .Matches(report.Html[report.Html.IndexOf("<main", StringComparison.Ordinal)..], "<h([1-6])")
            .Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void The_same_release_gives_the_same_bytes_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var folder = Directory.CreateTempSubdirectory("again").FullName;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("")
            {
                NumberFormat =
                {
                    NumberDecimalSeparator = ",",
                    NumberGroupSeparator = ".",
                    NegativeSign = "~",
                },
            };
            using var release = PublishedFixture.Open();
            var again = AnnualReport.Write(
                release,
                2025,
                folder,
                PublishedFixture.ReleaseId,
                cancellation: TestContext.Current.CancellationToken,
                formats: WrittenReport.Formats
            );
            Assert.Equal(report.Result.Files, again.Files);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_year_without_data_is_refused_and_the_years_with_data_are_named()
    {
        using var release = PublishedFixture.Open();
        var refused = Assert.Throws<NoDataForYear>(() =>
            AnnualReport.Write(release, 2026, report.Folder, "x", cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Equal([2020, 2021, 2022, 2023, 2024, 2025], refused.Available);
    }

    [Fact]
    public void Hostile_names_stay_text_and_charts_without_figures_are_left_out_and_named()
    {
        var folder = Directory.CreateTempSubdirectory("hostile").FullName;
        try
        {
            using var release = PublishedFixture.Open(
                HostileNames.Sql
                    + "delete from published.figure where metric like 'awards%' or metric like 'patents%' or (breakdown in ('industry', 'cost_item') or metric like 'rd_fund%');"
            );
            var result = AnnualReport.Write(
                release,
                2025,
                folder,
                PublishedFixture.ReleaseId,
                cancellation: TestContext.Current.CancellationToken,
                formats: WrittenReport.Formats
            );
            Assert.Contains("awards-level", result.Omitted);
            var html = File.ReadAllText(result.Documents[0]);
            Assert.Single(Regex.Matches(html, "<script"));
            Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
            Assert.DoesNotMatch("<[^>]+ on[a-z]+=", Regex.Replace(html, "=\"[^\"]*\"", ""));
            Assert.DoesNotContain('\u202E', html);
            Assert.DoesNotContain(new string('x', 400), html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
            foreach (var office in result.Documents.Where(d => !d.EndsWith(".html", StringComparison.Ordinal)))
            {
                using var zip = ZipFile.OpenRead(office);
                foreach (
                    var part in zip.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.Ordinal) || e.Name.EndsWith(".rels", StringComparison.Ordinal))
                )
                {
                    using var content = part.Open();
                    var xml = XDocument.Load(content).Root!;
                    Assert.DoesNotContain(xml.Descendants(), HostileNames.IsFormula);
                    Assert.DoesNotContain('\u202E', xml.Value);
                    Assert.DoesNotContain(new string('x', 400), xml.Value, StringComparison.Ordinal);
                }
            }

            Assert.Contains("'=HYPERLINK", File.ReadAllText(Path.Combine(folder, "charts", "rd-group.csv")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Page(string change)
    {
        var folder = Directory.CreateTempSubdirectory("changed").FullName;
        try
        {
            using var release = PublishedFixture.Open(change + "; delete from published.figure where breakdown not in ('total', 'group', 'base_year')");
            return File.ReadAllText(
                AnnualReport
                    .Write(
                        release,
                        2025,
                        folder,
                        PublishedFixture.ReleaseId,
                        cancellation: TestContext.Current.CancellationToken,
                        formats: WrittenReport.Formats
                    )
                    .Documents[0]
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Findings(string html) =>
        string.Concat(Regex.Matches(html, "<ul class=\"(?:findings|cards)\">.*?</ul>", RegexOptions.Singleline).Select(m => m.Value));

    [Fact]
    public void Below_the_threshold_of_response_levels_stand_alone_and_who_is_missing_is_said()
    {
        const string Few =
            "update published.figure set stage = 'flash', may_tell_growth = false, missing = 60, response_percent = 70, coverage_percent = 64.2 where period = '2025'";
        var page = Page(Few);
        var said = Findings(page);
        Assert.Contains("快报显示", said, StringComparison.Ordinal);
        Assert.Contains("缺失，不是减少", said, StringComparison.Ordinal);
        foreach (var word in new[] { "增长", "下降1", "提高", "比上年", "居首位" })
            Assert.DoesNotContain(word, said, StringComparison.Ordinal);
        using var release = PublishedFixture.Open(Few);
        Assert.Empty(new NumeralLinter(release).Check(page).Problems);
    }

    [Fact]
    public void A_growth_that_displays_as_nothing_is_no_growth()
    {
        var said = Findings(
            Page(
                "update published.figure set value = 0.04 where metric = 'rd_expense_yoy' and period = '2025'; update published.figure set value = 0.004 where metric = 'rd_intensity_change_pp' and period = '2025'"
            )
        );
        Assert.Contains("基本持平", said, StringComparison.Ordinal);
        Assert.Contains("与上年持平", said, StringComparison.Ordinal);
        Assert.DoesNotMatch("研发投入强度为[^。]*提高", Regex.Replace(said, "<[^>]*>", ""));
    }

    [Fact]
    public void Non_response_is_a_part_of_the_change_of_its_own()
    {
        var page = Page(
            "update published.change set non_response = -758509.35, continuing = continuing + 758509.35, missing = 1 where metric = 'revenue' and period_year = 2025"
        );
        Assert.Contains("data-record=\"change/revenue/2025/non_response\">−75.85", page, StringComparison.Ordinal);
        Assert.Contains("户未报，其数缺失", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Chapters_figures_and_tables_are_numbered_in_order_without_a_gap()
    {
        var chinese = Regex
            .Matches(report.Html, "<h2 id=\"[^\"]+-title\">(?:<span[^>]*>)?([一二三四五六七八九十]+)、")
            .Select(m => m.Groups[1].Value)
            .ToArray();
        Assert.True(chinese.Length >= 13);
        Assert.Equal(Enumerable.Range(1, chinese.Length).Select(Caption.InChinese), chinese);
        Assert.Equal(Enumerable.Range(1, chinese.Length), Numbers("<h2 id=\"[^\"]+-title\">(?:<span[^>]*>)?([0-9]+)\\. "));
        foreach (var counted in new[] { ">Table ([0-9]+)\\.", "class=\"no\"><span[^>]*>Figure ([0-9]+)<" })
        {
            var numbers = Numbers(counted);
            Assert.True(numbers.Length > 3);
            Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);
        }

        int[] Numbers(string pattern) => [.. Regex.Matches(report.English, pattern).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void References_have_an_actual_beside_them_and_no_attainment()
    {
        var table = Regex.Match(report.Html, "aria-labelledby=\"t-reference\">.*?</table>", RegexOptions.Singleline).Value;
        Assert.Contains("data-record=\"target/b_patents_granted/value\"", table, StringComparison.Ordinal);
        Assert.Contains("data-figure=\"patents_granted_cumulative:total:all:2023\"", table, StringComparison.Ordinal);
        Assert.DoesNotContain("attainment", table, StringComparison.Ordinal);
        Assert.DoesNotContain("达成", report.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_programme_goes_by_its_name() =>
        Assert.Contains("《省属企业科技创新“1551”工程实施方案（2024—2028年）》", report.Html, StringComparison.Ordinal);

    [Fact]
    public void Real_data_carries_no_synthetic_mark()
    {
        var folder = Directory.CreateTempSubdirectory("real").FullName;
        try
        {
            using var release = PublishedFixture.Open(
                "delete from published.figure where breakdown <> 'total' or metric not in ('rd_expense', 'rd_intensity')",
                synthetic: false
            );
            var html = File.ReadAllText(
                AnnualReport.Write(release, 2024, folder, "R", cancellation: TestContext.Current.CancellationToken, formats: [new HtmlFormat()]).Documents[0]
            );
            Assert.DoesNotContain(
                "synthetic",
                html.Replace(".synthetic {", "", StringComparison.Ordinal).Replace(".bar, .synthetic", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Cancelling_stops_the_work()
    {
        using var release = PublishedFixture.Open();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            AnnualReport.Write(release, 2025, Path.Combine(report.Folder, "cancelled"), "x", cancellation: cancelled.Token)
        );
    }

    [GeneratedRegex("<(?:img|script|link|iframe|object|embed|audio|video|source)[^>]* (src|href)=\"([^\"]*)\"|url\\(((?!data:|#)[^)]*)\\)")]
    private static partial Regex Resources();

    [GeneratedRegex("<a [^>]*href=\"([^\"]*)\"")]
    private static partial Regex Links();
}
