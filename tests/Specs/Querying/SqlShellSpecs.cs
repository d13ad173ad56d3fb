using Innovation1551.Pipeline.Shell;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Querying;

/// <summary>The shell: what is typed, what it offers, and how the program ends.</summary>
public sealed class SqlShellSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Scripts_run_from_the_line_a_file_and_a_pipe_and_an_error_anywhere_ends_in_two()
    {
        var file = Path.Combine(_workspace.Workspace.Root, "q.sql");
        File.WriteAllText(file, "create temp table t as select $n::int as n;\nfrom t");
        var read = Run("", "--file", file, "--param", "n=7", "-f", "csv");
        Assert.Equal((0, "n\r\n7\r\n"), (read.ExitCode, read.Output));
        Assert.Equal("a\r\n1\r\nb\r\n2\r\n", Run("", "select 1 as a; select 2 as b", "-f", "csv").Output);
        var piped = Run(".mode csv\nselect 1 as a;\nselect nope\nfrom published.figure;\n.describe stage\nselect 2 as b", "--lang", "en");
        Assert.Equal(2, piped.ExitCode);
        Assert.StartsWith("a\r\n1\r\n", piped.Output, StringComparison.Ordinal);
        Assert.EndsWith("b\r\n2\r\n", piped.Output, StringComparison.Ordinal);
        Assert.Contains("published.stage", piped.Output, StringComparison.Ordinal);
        Assert.Contains("line 3, column 8", piped.Error, StringComparison.Ordinal);
        var json = Run("", "select 1 +", "--json");
        var error = System.Text.Json.JsonDocument.Parse(json.Error).RootElement.GetProperty("error");
        Assert.Equal((2, 1, 11), (json.ExitCode, error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
        var late = Run("", "select count(*) from range(100000000000) a, range(1000000) b", "--timeout", "0.3", "--lang", "en");
        Assert.Equal(2, late.ExitCode);
        Assert.Contains("0.3 s", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_releases_are_read_side_by_side_and_nothing_else_is()
    {
        var first = _workspace.Store.Current!.Split('-')[0];
        _workspace.Load(Warehouse.SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 7));
        Assert.Empty(_workspace.Build().Failures);
        var changed = Run(
            "",
            $"select count(*) filter (n.value is distinct from o.value) > 0 as changed, count(*) > 0 as there from published.figure n join {first}.published.figure o using (figure_id)",
            "--release",
            "latest",
            "--release",
            first,
            "--json"
        );
        Assert.True(changed.ExitCode == 0, changed.Error);
        Assert.Equal("[{\"changed\":true,\"there\":true}]", string.Concat(changed.Output.Where(c => !char.IsWhiteSpace(c))));
        foreach (
            var query in new[]
            {
                "from system.main.duckdb_settings",
                "from read_text('/etc/passwd')",
                $"drop table {first}.core.finance",
                $"from {first}.main.duckdb_settings",
            }
        )
            Assert.Equal(2, Run("", query, "--release", "latest", "--release", first).ExitCode);
        Assert.Equal(2, Run("", $"from {first}.published.figure").ExitCode);
    }

    [Theory]
    [InlineData("select * from fig", "published.figure")]
    [InlineData("select f.met from published.figure f", "metric", 12)]
    [InlineData("select met from published.figure f", "metric", 10)]
    [InlineData("from published.figure where metric = 'rd_inten", "rd_intensity")]
    [InlineData("select published.st", "stage")]
    [InlineData("select median", "median")]
    [InlineData(".des", ".describe")]
    [InlineData(".metric rd_intens", "rd_intensity")]
    public void Tab_offers_what_may_stand_there(string text, string offered, int cursor = -1)
    {
        using var release = _workspace.Open();
        var found = new Completion(release.Connection).Of(text, cursor < 0 ? text.Length : cursor);
        Assert.Contains(offered, found.Words);
    }

    [Fact]
    public void A_line_is_edited_by_characters_and_laid_out_by_columns()
    {
        var line = new LineText();
        line.Insert("select '研发👍'");
        line.Left();
        line.Backspace();
        line.Insert("强度");
        Assert.Equal("select '研发强度'", line.Text);
        var (rows, row, column) = line.Layout("> ", ". ", 12);
        Assert.Equal(["> select '研", "发强度'"], rows);
        Assert.Equal((1, 6), (row, column));
        line.Home();
        line.Insert("\n");
        Assert.Equal(["> ", ". select '研", "发强度'"], line.Layout("> ", ". ", 12).Rows);
        Assert.True(line.Line(-1));
        line.KillToEnd();
        Assert.Equal(0, line.Cursor);
    }

    private ProgramRun Run(string input, params string[] arguments)
    {
        var started = ProgramRun.Start(_workspace.Workspace.Root, ["sql", .. arguments]);
        started.StandardInput.Write(input);
        return ProgramRun.Ended(started);
    }
}
