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
