using System.Diagnostics;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>Another language, another library and none of the models' SQL give the same figures from the rows that were received, to the last digit.</summary>
public class RecomputationSpecs(BuiltSample sample, ITestOutputHelper output) : IClassFixture<BuiltSample>
{
    private static readonly string[] EvaluationTables =
    [
        "evaluation_system",
        "evaluation_class",
        "evaluation_indicator",
        "evaluation_weight",
        "evaluation_item",
    ];

    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Pandas_gives_every_figure_again()
    {
        Assert.SkipUnless(File.Exists(Python) && Run(Python, "-c", "import pandas").Code == 0, $"there is no {Python} with pandas (Debian: python3-pandas)");
        Assert.Empty(sample.Failures);
        var folder = Directory.CreateDirectory(Path.Combine(sample.Workspace.Workspace.Scratch, "recompute")).FullName;
        using (var shell = new DuckDBConnection("DataSource=:memory:"))
        {
            shell.Open();
            shell.Run($"attach '{sample.Landing}' as landing (read_only); attach '{sample.Warehouse}' as release (read_only); use landing");
            foreach (
                var (name, query) in new[]
                {
                    ("file", "from landing.file"),
                    ("sheet", "from landing.sheet"),
                    ("any_row", "select * from landing.any_row where kind in ('State', 'Event')"),
                    ("rejected", "select * from landing.rejected where enterprise_code is not null"),
                    ("refused_row", "from landing.refused_row"),
                    ("metric", "select metric from release.seed.metric"),
                    ("figure", "select figure_id, value from release.published.figure where value is not null"),
                    ("group_flag", "select figure_id, status, may_tell_growth from release.published.figure where value is not null and breakdown = 'group'"),
                    ("policies", "from release.seed.policy"),
                    ("evaluation_part", "from release.published.evaluation_part"),
                    ("evaluation_score", "from release.published.evaluation_score"),
                }
                    .Concat(EvaluationTables.Select(t => (t, $"from release.seed.{t}")))
                    .Concat(FormCatalogue.All.Select(f => (f.Id, $"from landing.{f.Id}")))
            )
                shell.Run($"copy ({query}) to '{Path.Combine(folder, name + ".csv")}' (header, delimiter ',')");
        }
        var (code, text) = Run(Python, House.At("tests", "Recompute", "recompute.py"), folder);
        output.WriteLine(text);
        Assert.True(code == 0, text);
        Assert.Contains(" 0 differ, 0 metrics not recomputed", text, StringComparison.Ordinal);
        Assert.Contains(" 0 differ in the evaluation", text, StringComparison.Ordinal);
    }

    private static (int Code, string Text) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + error.Result);
    }
}
