using System.Text;
using System.Text.Json;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Writing;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>
/// Faulty files beside a sound one: each is named with file, sheet, row, column, what was read and what to do; the sound one goes on;
/// the program ends with 1; and the release before still reads.
/// </summary>
public sealed class BadInputSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-bad-").FullName;
    private readonly string _workspace;
    private readonly IReadOnlyList<(string Path, int Rows)> _files;

    public BadInputSpecs()
    {
        _workspace = Path.Combine(_folder, "workspace");
        _files = SmallReturns.Write(Path.Combine(_folder, "files"));
    }

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact]
    public void Each_fault_is_named_other_files_go_on_and_the_release_before_still_reads()
    {
        Assert.Equal(0, Run("load", PathOf("register"), PathOf("spend-2023"), "--json").ExitCode);
        var before = Run("build", "--json").Json.GetProperty("release").GetString()!;

        var sound = Text("spend-2024-v1");
        var header = sound.Split("\r\n").Single(l => l.StartsWith("统一社会信用代码", StringComparison.Ordinal)).Split(',');
        var row = Array.IndexOf(sound.Split("\r\n"), string.Join(',', header)) + 2;
        File("no-workbook.xlsx", [.. "PK\u0003\u0004"u8, .. new byte[300]]);
        File("unknown-encoding.csv", [.. Encoding.UTF8.GetBytes(sound), 0xFF, 0xFF, 0x80, 0xFF, .. "\r\n"u8]);
        File("missing-column.csv", Encoding.UTF8.GetBytes(WithoutColumn(sound, 0)));
        File("doubled-column.csv", Encoding.UTF8.GetBytes(sound.Replace(header[4], header[5], StringComparison.Ordinal)));
        File("text-in-money.csv", Encoding.UTF8.GetBytes(sound.Replace(",440,", ",见附件,", StringComparison.Ordinal)));
        File("unknown-enterprise.csv", Encoding.UTF8.GetBytes(sound.Replace(SmallReturns.B, SmallReturns.Unknown, StringComparison.Ordinal)));
        File("total-mismatch.csv", Encoding.UTF8.GetBytes(sound.Replace(",1100,440,", ",1200,440,", StringComparison.Ordinal)));
        File("twice.csv", System.IO.File.ReadAllBytes(PathOf("spend-2023")));
        File("finance.csv", System.IO.File.ReadAllBytes(PathOf("finance-2024")));

        var run = Run("load", Path.Combine(_folder, "bad"), "--json");
        Assert.Equal(1, run.ExitCode);
        var findings = run.Json.GetProperty("findings").EnumerateArray().ToList();
        Expect("no-workbook.xlsx", "error", row: null, read: null);
        Expect("unknown-encoding.csv", "error", row: row + 2, read: null);
        Expect("missing-column.csv", "error", row: row - 1, read: null);
        Expect("doubled-column.csv", "error", row: row - 1, read: header[5]);
        Expect("text-in-money.csv", "error", row, read: "见附件");
        Expect("unknown-enterprise.csv", "error", row + 1, read: SmallReturns.Unknown);
        Expect("total-mismatch.csv", "error", row, read: "1200");
        Expect("twice.csv", "note", row: null, read: null);
        Assert.DoesNotContain(findings, f => f.GetProperty("file").GetString() == "finance.csv" && f.GetProperty("severity").GetString() == "error");

        var still = Run(
            "sql",
            "select count(*) as n from published.figure where metric = 'rd_expense' and value is not null",
            "--release",
            before,
            "--format",
            "csv"
        );
        Assert.True(still.ExitCode == 0, still.Error);
        Assert.NotEqual("n\r\n0\r\n", still.Output);
        // The next release holds what was sound.
        Assert.Equal(0, Run("build").ExitCode);
        Assert.Equal("n\r\n2\r\n", Run("sql", "select count(*) as n from core.finance", "--format", "csv").Output);

        void Expect(string file, string severity, int? row, string? read)
        {
            var found = findings.Where(f => f.GetProperty("file").GetString() == file && f.GetProperty("severity").GetString() == severity).ToList();
            Assert.True(found.Count > 0, $"nothing was found in {file}: {run.Output}");
            Assert.All(found, f => Assert.True(Said(f, "problem") && Said(f, "remedy"), f.GetRawText()));
            if (row is null)
                return;
            Assert.True(
                found.Any(f =>
                    Number(f, "row") == row
                    && (read is null || f.GetProperty("read").GetString() == read)
                    && (read is null || f.GetProperty("column").ValueKind != JsonValueKind.Null)
                ),
                $"{file}: row {row}, read {read} expected in {string.Join("\n", found.Select(f => f.GetRawText()))}"
            );
        }
    }

    [Theory]
    [InlineData]
    [InlineData("nosuch")]
    [InlineData("report", "abc")]
    [InlineData("load", "--nosuch")]
    [InlineData("read", "-x")]
    [InlineData("template")]
    public void A_command_that_cannot_be_understood_is_a_usage_error(params string[] arguments)
    {
        var run = Run(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workspace));
    }

    /// <summary>What was wrong, what was meant, and nothing made.</summary>
    [Theory]
    [InlineData("no such verb: verfy；是否指 / did you mean: verify", "verfy")]
    [InlineData("did you mean: --remind", "status", "--remnid")]
    [InlineData("did you mean: --year", "template", "--all", "--yaer", "2025")]
    [InlineData("no such option: --deeep；是否指 / did you mean: doctor --deep", "verify", "--deeep")]
    [InlineData("no such option: --frmat；是否指 / did you mean: --format", "sql", "--frmat")]
    [InlineData("there is no language fr: zh or en", "load", "x.csv", "--lang", "fr")]
    [InlineData("there is no workspace", "status", "--lang", "en")]
    [InlineData("there is no workspace", "build", "--lang", "en")]
    [InlineData("there is no workspace", "load", "--lang", "en")]
    [InlineData("there is no workspace", "report", "2025", "--lang", "en")]
    [InlineData("there is no workspace", "template", "--all", "--year", "2025", "--lang", "en")]
    public void A_slip_of_the_pen_is_told_with_what_was_meant_and_makes_nothing(string said, params string[] arguments)
    {
        var run = Run(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'), line => !line.Contains("--help", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_workspace));
    }

    [Fact]
    public void A_mistyped_workspace_names_the_one_beside_it_and_a_new_one_is_told()
    {
        Assert.Equal(0, Run("load", PathOf("register")).ExitCode);
        var run = ProgramRun.Of(_workspace + "s", "status", "--lang", "en");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"did you mean {_workspace}? Nothing was made", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workspace + "s"));
        Assert.Contains(
            $"there is also {_workspace} beside it",
            ProgramRun.Of(_workspace + "s", "load", PathOf("register"), "--lang", "en").Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_path_that_is_not_there_says_what_was_meant_and_makes_nothing()
    {
        var run = Run("load", PathOf("register").Replace("register", "regsiter", StringComparison.Ordinal), "--lang", "en");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("regsiter.csv", run.Error, StringComparison.Ordinal);
        Assert.Contains($"did you mean {PathOf("register")}?", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(_workspace));
        var nowhere = Run("load", Path.Combine(_folder, "no", "such", "place.xlsx"), "--lang", "en");
        Assert.Equal(2, nowhere.ExitCode);
        Assert.Contains($"no \"no\" in {_folder}", nowhere.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_workspace));
    }

    [Fact]
    public void A_table_that_is_no_form_names_the_nearest_form_and_what_is_missing()
    {
        // A table of another body: the R&D statistics of a city, close to the spend form and not it.
        File("other-body.csv", Encoding.UTF8.GetBytes("单位代码,单位名称,研发费用合计,人员费用,备考\r\nX1,示例单位,100,40,\r\nX2,示例单位二,200,80,\r\n"));
        File("weather.csv", Encoding.UTF8.GetBytes("day,rain,wind\r\n1,2,3\r\n2,3,4\r\n"));
        var run = Run("load", Path.Combine(_folder, "bad"), "--json");
        Assert.Equal(1, run.ExitCode);
        var errors = run.Json.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("severity").GetString() == "error").ToList();
        var near = Assert.Single(errors, f => f.GetProperty("file").GetString() == "other-body.csv").GetProperty("problem");
        Assert.Contains(RdSpendForm.Form.Name.Zh, near.GetProperty("zh").GetString(), StringComparison.Ordinal);
        Assert.Contains(RdSpendForm.Form.Name.En, near.GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            RdSpendForm.Form.Fields.First(f => f.Required && f.Name == "period").Label.Zh,
            near.GetProperty("zh").GetString(),
            StringComparison.Ordinal
        );
        Assert.Single(errors, f => f.GetProperty("file").GetString() == "weather.csv");
    }

    [Fact]
    public async Task A_second_writer_is_told_who_holds_the_workspace()
    {
        using var first = ProgramRun.Start(_workspace, "run");
        var errors = first.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        // The first line is printed when the lock is held.
        Assert.NotNull(await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        var second = Run("load", PathOf("register"), "--lang", "en");
        Assert.Equal(75, second.ExitCode);
        Assert.Contains($"process {first.Id} is writing", second.Error, StringComparison.Ordinal);
        first.Kill(entireProcessTree: true);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        // The lock falls with its holder.
        Assert.Equal(0, Run("load", PathOf("register")).ExitCode);
        Assert.Equal("", await errors);
    }

    [Fact]
    public void A_query_that_may_not_be_run_is_refused_as_usage()
    {
        Run("load", PathOf("register"), PathOf("spend-2023"));
        Run("build");
        foreach (var sql in (string[])["select * from read_csv('/etc/passwd')", "copy (select 1) to 'x.csv'", "select 1; drop table core.finance", "selec 1"])
        {
            var refused = Run("sql", sql);
            Assert.Equal((sql, 2, ""), (sql, refused.ExitCode, refused.Output));
            Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        }
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.Of(_workspace, arguments);

    private string PathOf(string name) => _files.Single(f => Path.GetFileNameWithoutExtension(f.Path) == name).Path;

    private string Text(string name)
    {
        var bytes = System.IO.File.ReadAllBytes(PathOf(name));
        return bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.GetString(bytes.AsSpan(3)) : ReturnCsv.Gb18030.GetString(bytes);
    }

    private void File(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "bad"));
        System.IO.File.WriteAllBytes(Path.Combine(_folder, "bad", name), content);
    }

    private static string WithoutColumn(string csv, int column) =>
        string.Join("\r\n", csv.Split("\r\n").Select(l => string.Join(',', l.Split(',').Where((_, i) => i != column))));

    private static bool Said(JsonElement finding, string what) =>
        ((string[])["zh", "en"]).All(l => finding.GetProperty(what).GetProperty(l).GetString() is { Length: > 5 });

    private static int? Number(JsonElement finding, string name) => finding.GetProperty(name) is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : null;
}
