using Innovation1551.Returns.Forms;
using Innovation1551.Specs.Feedback;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>The verb <c>template</c> as a statistician calls it.</summary>
public sealed class TemplateVerbSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-template-").FullName;

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact]
    public void A_group_gets_one_workbook_that_is_never_written_over()
    {
        var files = SmallReturns.Write(Path.Combine(_folder, "files"));
        Assert.Equal(0, Run("load", files.Select(f => f.Path).Single(p => Path.GetFileNameWithoutExtension(p) == "register")).ExitCode);
        var path = Path.Combine(_folder, "new folder", "group.xlsx");
        var made = Run("template", "--group", SmallReturns.A, "--year", "2025", "--output", path, "--json");
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains(SmallReturns.A, made.Json.GetProperty("enterprises").EnumerateArray().Select(e => e.GetString()));
        // With the instructions and the code lists.
        Assert.Equal(made.Json.GetProperty("forms").GetArrayLength() + 2, Run("read", path, "--format", "json").Json.GetProperty("sheets").GetArrayLength());

        File.WriteAllText(path, "filled in");
        var again = Run("template", "--group", SmallReturns.A, "--year", "2025", "--output", path);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("group.xlsx", again.Error, StringComparison.Ordinal);
        Assert.Equal("filled in", File.ReadAllText(path));
    }

    /// <summary>What still runs stands there already; what is over does not. Stated anew it comes back clean, and what nobody looked at is asked about.</summary>
    [Fact]
    public void Lists_begin_with_what_was_reported_last_and_still_runs()
    {
        Run("load", SmallReturns.Write(Path.Combine(_folder, "files"))[0].Path);
        Run("load", Projects(("P-1", "RUN"), ("P-2", "RUN"), ("P-3", "DONE")));
        var path = Path.Combine(_folder, "projects.xlsx");
        var made = Run("template", "--form", "projects", "--enterprise", SmallReturns.A, "--year", "2025", "--output", path);
        Assert.True(made.ExitCode == 0, made.Error);
        var read = Run("read", path, "--format", "json").Output;
        Assert.Contains("P-1", read, StringComparison.Ordinal);
        Assert.Contains("P-2", read, StringComparison.Ordinal);
        Assert.DoesNotContain("P-3", read, StringComparison.Ordinal);
        Assert.Contains("报送截止：2026-03-10", read, StringComparison.Ordinal);
        FilledTemplate.Fill(path, ProjectForm.Form.Name.Zh, new Dictionary<string, object> { ["H4"] = "RUN 在研", ["O4"] = 12m });
        var load = Run("load", path, "--json").Json;
        Assert.Equal((2, 1), (load.GetProperty("rows_in").GetInt32(), load.GetProperty("errors").GetInt32()));
        Assert.Equal(
            ("V31", 5),
            load.GetProperty("findings").EnumerateArray().Select(f => (f.GetProperty("code").GetString()!, f.GetProperty("row").GetInt32())).First()
        );

        string Projects(params (string No, string Status)[] projects) =>
            SmallReturns.WriteFile(
                _folder,
                "projects-2024",
                ProjectForm.Form,
                SmallReturns.A,
                2024,
                1,
                4,
                [
                    .. projects.Select(p => new Dictionary<string, object?>
                    {
                        ["enterprise_code"] = SmallReturns.A,
                        ["enterprise_name"] = "示例甲公司",
                        ["period"] = "2024年",
                        ["project_no"] = p.No,
                        ["project_name"] = "示例项目 " + p.No,
                        ["project_level"] = "OWN",
                        ["project_status"] = p.Status,
                        ["start_date"] = new DateOnly(2024, 2, 1),
                        ["end_date"] = new DateOnly(2026, 12, 31),
                        ["expense_wan"] = 10m,
                    }),
                ]
            );
    }

    [Theory]
    [InlineData("--year", "2025")]
    [InlineData("--form", "no_such_form", "--year", "2025")]
    [InlineData("--form", "rd_spend", "--all", "--year", "2025")]
    [InlineData("--form", "rd_spend", "--year", "1899")]
    [InlineData("--form", "rd_spend", "--year", "2026", "--month", "13")]
    [InlineData("--form", "projects", "--year", "2026", "--month", "9")]
    [InlineData("--group", "91140000EXA00001X8", "--year", "2025")]
    public void What_cannot_be_made_is_said_and_nothing_is_written(params string[] arguments)
    {
        var run = Run(["template", .. arguments, "--output", Path.Combine(_folder, "out.xlsx")]);
        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.False(File.Exists(Path.Combine(_folder, "out.xlsx")));
    }

    private ProgramRun Run(params string[] arguments) => ProgramRun.Of(Path.Combine(_folder, "workspace"), arguments);
}
