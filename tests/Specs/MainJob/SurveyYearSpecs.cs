using System.Diagnostics;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>A survey year from the plan to the second edition, played with the program and openpyxl as its people would.</summary>
public sealed class SurveyYearSpecs(ITestOutputHelper output) : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-year-").FullName;

    public void Dispose() => TestWorkspace.Delete(_folder);

    /// <summary>The script asserts each step by itself.</summary>
    [Fact(Explicit = true)]
    public void A_survey_year_is_played_from_plan_to_second_edition()
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import openpyxl").Code == 0, $"there is no {Python} with openpyxl (Debian: python3-openpyxl)");
        var (code, text) = Run(
            House.At("tests", "Year", "survey_year.py"),
            Path.Combine(_folder, "year"),
            "dotnet",
            Path.Combine(AppContext.BaseDirectory, "innovation.dll")
        );
        output.WriteLine(text);
        Assert.True(code == 0, text);
    }

    private static (int Code, string Text) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + error.Result);
    }
}
