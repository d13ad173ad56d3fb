using System.Diagnostics;
using System.Globalization;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Landing;

/// <summary>Whoever mends the reader sees it in the figures at the next run, without a file being sent again; whoever mends a rule's words does not make it read anything.</summary>
public sealed class ReaderChangeSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _copy = Directory.CreateTempSubdirectory("innovation-source-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_copy, recursive: true);
    }

    [Theory]
    [InlineData("Values/NumberText.cs", true)]
    [InlineData("Reading/Tables/TableFinder.cs", true)]
    [InlineData("Sheets/Cell.cs", true)]
    [InlineData("Binding/Binder.cs", true)]
    [InlineData("Forms/FinanceForm.cs", true)]
    [InlineData("Landing/LargeLanding.cs", true)]
    [InlineData("Attic/Thing.cs", true)]
    [InlineData("package ExcelDataReader 1.0", true)]
    [InlineData("Rules/FinanceRules.cs", false)]
    [InlineData("Feedback/FeedbackWriter.cs", false)]
    [InlineData("Receiving/Archive.cs", false)]
    public void What_takes_part_in_reading_is_part_of_its_version(string line, bool takesPart)
    {
        var none = SourceVersion.Of("Values/Period.cs AA\n", Reads);
        Assert.Equal(takesPart, none != SourceVersion.Of($"Values/Period.cs AA\n{line} BB\n", Reads));
        if (takesPart)
            Assert.NotEqual(SourceVersion.Of($"{line} BB\n", Reads), SourceVersion.Of($"{line} CC\n", Reads));
        // The order of the list and the separators of the machine say nothing.
        Assert.Equal(SourceVersion.Of("Values/A.cs 1\nForms/B.cs 2\n", Reads), SourceVersion.Of("Forms\\B.cs 2\r\nValues\\A.cs 1\r\n", Reads));

        static bool Reads(string room) => room is not ("Rules" or "Feedback" or "Receiving" or "Writing" or "Sample");
    }

    [Fact]
    public void Landing_of_another_reader_is_read_again()
    {
        using (var landing = LandingStore.Open(_workspace.Workspace.Landing))
            landing.Connection.Run("update meta set reader_version = 'another'; update finance set revenue_wan = 1");
        var load = _workspace.Load();
        Assert.Equal(13, load.Reread);
        Assert.False(_workspace.Build().IsNew);
        Assert.Equal(ReaderVersion.Current, _workspace.Store.Find("latest").ReaderVersion);
    }

    /// <summary>The program itself, built again from changed source: a rule for digits, a name of a column, a mark of totals; then words of a rule only.</summary>
    [Fact(Explicit = true)]
    public void A_changed_digit_rule_a_changed_synonym_and_a_changed_table_finder_reach_the_figures_and_nothing_else_does()
    {
        foreach (var name in new[] { "etl", "models", "reports" })
        foreach (var file in House.Files(name, "*").Select(House.Relative))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_copy, file))!);
            File.Copy(House.At(file), Path.Combine(_copy, file));
        }
        foreach (var file in Directory.EnumerateFiles(House.Root))
            File.Copy(file, Path.Combine(_copy, Path.GetFileName(file)));
        using var place = new TestWorkspace();
        var inbox = place.Workspace.Inbox;
        SmallReturns.Write(inbox);
        // A loss in brackets and a line of sums by a name that nobody knows; another year with a heading that nobody knows.
        var finance = SmallReturns.WriteFile(
            inbox,
            "finance-2024",
            FinanceForm.Form,
            SmallReturns.G1,
            2024,
            1,
            8,
            [
                new Dictionary<string, object?>(SmallReturns.Finance(SmallReturns.A, 2024, 5000)) { ["profit_wan"] = "(12)" },
                SmallReturns.Finance(SmallReturns.B, 2024, 2500),
                SmallReturns.Finance(SmallReturns.D, 2024, 7500),
            ]
        );
        File.WriteAllText(
            finance,
            File.ReadAllText(finance).Replace("示例丁公司", "总揽", StringComparison.Ordinal).Replace(SmallReturns.D, "", StringComparison.Ordinal),
            Encoding.UTF8
        );
        var earlier = SmallReturns.WriteFile(
            inbox,
            "finance-2023",
            FinanceForm.Form,
            SmallReturns.G1,
            2023,
            1,
            8,
            [new Dictionary<string, object?>(SmallReturns.Finance(SmallReturns.A, 2023, 4500)) { ["employees_persons"] = 70L }]
        );
        File.WriteAllText(earlier, File.ReadAllText(earlier).Replace("从业人员期末人数", "在岗总人头", StringComparison.Ordinal), Encoding.UTF8);

        decimal? Figure(string metric) =>
            place.Query("select value from published.figure where figure_id = '" + metric + ":total:all:2024'").Select(r => (decimal?)r[0]).SingleOrDefault();
        (string Release, int Again, decimal? Revenue, long Lines) Step()
        {
            Dotnet("build", Path.Combine(_copy, "etl", "Pipeline"), "--nologo", "-v", "quiet");
            var load = Dotnet("exec", Program, "load", "--json", "--workspace", place.Workspace.Root);
            var build = Dotnet("exec", Program, "build", "--workspace", place.Workspace.Root);
            Assert.True(place.Store.Current is not null, load + build);
            return (
                place.Store.Current!,
                System.Text.Json.JsonDocument.Parse(load).RootElement.GetProperty("files_read_again").GetInt32(),
                Figure("revenue"),
                (long)place.Query("select count(*) from core.rejected_row")[0][0]!
            );
        }

        var first = Step();
        Assert.Equal((-12m, null), (Sum("profit_wan"), Sum("employees_persons")));
        Change("etl/Returns/Values/NumberText.cs", "value = -value;", "value = value + 0;");
        var digits = Step();
        Assert.Equal((14, first.Revenue, 12m, null), (digits.Again, digits.Revenue, Sum("profit_wan"), Sum("employees_persons")));
        Change("etl/Returns/Forms/FinanceForm.cs", "\"从业人员\")", "\"在岗总人头\")");
        var synonym = Step();
        Assert.Equal((14, first.Revenue, 12m, 70m), (synonym.Again, synonym.Revenue, Sum("profit_wan"), Sum("employees_persons")));
        Change("etl/Returns/Reading/Tables/RowClassifier.cs", "text is \"合计\"", "text is \"总揽\" or \"合计\"");
        var finder = Step();
        Assert.Equal((14, first.Revenue, 12m, 70m), (finder.Again, finder.Revenue, Sum("profit_wan"), Sum("employees_persons")));
        Assert.NotEqual(synonym.Lines, finder.Lines);
        // The rules' own source makes another release of the same content, and nothing is read again.
        Change("etl/Returns/Rules/FinanceRules.cs", "Rule", "Rule", comment: true);
        var words = Step();
        Assert.Equal((0, finder.Revenue, finder.Lines), (words.Again, words.Revenue, words.Lines));
        Assert.Equal(Figures(finder.Release), Figures(words.Release));

        string Figures(string release) =>
            (string)
                place.Query(
                    "select cast(bit_xor(hash(figure_id, value, numerator, denominator, contributors, status, stage)) as varchar) from published.figure",
                    place.Store.Find(release)
                )[0][0]!;
        decimal? Sum(string field) => place.Query($"select cast(sum({field}) as decimal(18, 4)) from fact.finance").Select(r => (decimal?)r[0]).Single();
    }

    private string Program => Path.Combine(_copy, "etl", "Pipeline", "bin", "Debug", "net10.0", "innovation.dll");

    private void Change(string file, string from, string to, bool comment = false)
    {
        var path = Path.Combine(_copy, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, comment ? text + "// one line more\n" : text.Replace(from, to, StringComparison.Ordinal));
    }

    private static string Dotnet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode is 0 or 1, string.Join(' ', arguments) + "\n" + output + error.Result);
        return output.Length > 0 ? output : error.Result;
    }
}
