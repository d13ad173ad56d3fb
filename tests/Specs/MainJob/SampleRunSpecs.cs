using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Publishing.Formats;
using Innovation1551.Publishing.Proofreading;
using Innovation1551.Specs.Publishing;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>The main job as a new user meets it: nothing there, one command, a report; and the same command again.</summary>
public sealed class SampleRunSpecs : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("innovation1551-run-").FullName;

    public void Dispose() => TestWorkspace.Delete(_workspace);

    [Fact]
    public void One_command_makes_a_report_of_the_sample_and_the_second_time_there_is_nothing_to_do()
    {
        var first = ProgramRun.Of(_workspace, "run", "--json");
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.True(first.Json.GetProperty("load").GetProperty("new_files").GetInt32() > 300);
        // The sample has faults on purpose, and each is told with a remedy in both languages.
        var findings = first.Json.GetProperty("load").GetProperty("findings").EnumerateArray().ToList();
        Assert.True(findings.Count(f => f.GetProperty("severity").GetString() == "error") >= 8);
        Assert.All(
            findings,
            f => Assert.All((string[])["zh", "en"], language => Assert.NotEqual("", f.GetProperty("remedy").GetProperty(language).GetString()))
        );

        var page = first.Json.GetProperty("report").GetProperty("page").GetString()!;
        Assert.Equal(
            2 * ReportFormats.Ready.Count,
            first.Json.GetProperty("report").GetProperty("documents").EnumerateArray().Count(d => File.Exists(d.GetString()))
        );
        var html = File.ReadAllText(page, Encoding.UTF8);
        Assert.Contains("示例数据 synthetic", html, StringComparison.Ordinal);
        foreach (var kind in (string[])["zh.png", "en.png", "zh.svg", "en.svg", "csv", "arrow"])
            Assert.True(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(page)!, "charts"), "*." + kind).Length >= 12, kind);

        // Every numeral of the finished page is a figure of the release that displays as just that, or is declared as words.
        using (
            var release = new DuckDBConnection(
                $"DataSource={Directory.GetFiles(Path.Combine(_workspace, "releases"), "*.duckdb", SearchOption.AllDirectories).Single()};access_mode=read_only"
            )
        )
        {
            release.Open();
            foreach (var language in (string[])["zh", "en"])
            {
                var (bound, problems) = new NumeralLinter(release).Check(
                    File.ReadAllText(Path.Combine(Path.GetDirectoryName(page)!, $"report.{language}.html"))
                );
                Assert.Empty(problems);
                Assert.True(bound > 2500, $"{bound}");
            }
        }

        Assert.Contains("《省属企业科技创新“1551”工程实施方案（2024—2028年）》", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\[[PK]\d*\]", html);

        var second = ProgramRun.Of(_workspace, "run", "--lang", "en");
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("nothing new: all", second.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"neither files nor definitions have changed: {first.Json.GetProperty("build").GetProperty("release").GetString()} stands",
            second.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("the report stands: " + Path.GetDirectoryName(page), second.Output, StringComparison.Ordinal);

        var answer = ProgramRun.Of(
            _workspace,
            "sql",
            "select bool_and(is_synthetic) as s, count(*) > 1000 as n from published.figure where value is not null and period_kind = 'year'",
            "--format",
            "csv"
        );
        Assert.Equal("s,n\r\ntrue,true\r\n", answer.Output);
    }
}
