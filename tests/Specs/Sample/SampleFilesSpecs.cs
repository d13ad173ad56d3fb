using System.Security.Cryptography;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Innovation1551.Returns;
using Innovation1551.Returns.Sample;
using Xunit;

namespace Innovation1551.Specs.Sample;

/// <summary>The sample as files: the same for everyone, sound where it should be, and wrong where it says so.</summary>
[Collection(typeof(LoadedSampleCollection))]
public class SampleFilesSpecs(LoadedSample sample)
{
    [Fact]
    public void Two_runs_write_the_same_bytes()
    {
        var again = Directory.CreateTempSubdirectory().FullName;
        try
        {
            Assert.Equal(sample.Files, SampleGenerator.Write(again, sample.Options, cancellation: TestContext.Current.CancellationToken));
            Assert.All(sample.Files, f => Assert.Equal(HashOf(sample.Folder, f), HashOf(again, f)));
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    [Fact]
    public void Another_seed_writes_other_figures()
    {
        var other = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var small = new SampleOptions(Seed: 7, Groups: 2, Subsidiaries: 6, FirstYear: 2023, LastYear: 2024, MonthsOf2026: 1);
            var files = SampleGenerator.Write(other, small, cancellation: TestContext.Current.CancellationToken);
            // Two groups, two years and a month, and the first group sends 2024 once more.
            Assert.Equal(2 * 2 + 2 + 1, files.Count);
            Assert.NotEqual(HashOf(sample.Folder, "2023_G01_示例云岭能源集团有限公司_年报.xlsx"), HashOf(other, "2023_G01_示例云岭能源集团有限公司_年报.xlsx"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public void The_folder_holds_returns_and_nothing_else()
    {
        Assert.InRange(sample.Files.Count, 150, 560);
        Assert.Equal(
            sample.Files.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(sample.Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("2020_G01_示例云岭能源集团有限公司_年报.xlsx")]
    [InlineData("2021_G15_示例润汇水务集团有限公司_年报_修订2.xlsx")]
    [InlineData("2022_G10_示例明川电力集团有限公司_年报.xlsx")]
    [InlineData("2024_G06_示例通衢交通集团有限公司_年报.xlsx")]
    [InlineData("2026-09_G18_示例铜峰有色金属集团有限公司_月报.xlsx")]
    public void Workbooks_follow_the_standard_and_say_that_they_are_synthetic(string file)
    {
        using var workbook = SpreadsheetDocument.Open(Path.Combine(sample.Folder, file), isEditable: false);
        Assert.Empty(
            new OpenXmlValidator().Validate(workbook, TestContext.Current.CancellationToken).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}")
        );
        Assert.Contains("synthetic", workbook.PackageProperties.Description, StringComparison.Ordinal);
        Assert.Equal(
            "synthetic",
            workbook.CustomFilePropertiesPart!.Properties!.Elements<DocumentFormat.OpenXml.CustomProperties.CustomDocumentProperty>().Single().Name
        );
        Assert.Null(workbook.PackageProperties.Created);
    }

    [Fact]
    public void Every_file_that_can_be_read_is_known_to_be_synthetic() =>
        Assert.Equal(0, sample.Count("select * from file where not is_synthetic and not refused"));

    [Fact]
    public void Every_flaw_is_found_and_put_right()
    {
        var flaws = SampleFlaws.In(sample.Options);
        Assert.Equal(Enum.GetValues<FlawKind>().Order(), flaws.Select(f => f.Kind).Order());
        Assert.All(
            flaws,
            flaw =>
            {
                Assert.Contains(flaw.File, sample.Files);
                Assert.Contains(sample.Findings, f => f.File == flaw.File && f.Code == flaw.Finding);
                if (flaw.Kind != FlawKind.SameFileTwice)
                    Assert.NotEmpty(flaw.CorrectedBy);
                Assert.All(flaw.CorrectedBy, c => Assert.Contains(c, sample.Files));
            }
        );
    }

    [Fact]
    public void Nothing_but_the_flaws_raises_an_error()
    {
        var flawed = SampleFlaws.In(sample.Options).Select(f => f.File).ToHashSet();
        Assert.Empty(
            sample
                .Findings.Where(f => f.Severity == Severity.Error && !flawed.Contains(f.File))
                .Select(f => $"{f.Code} {f.File} {f.Sheet} {f.Row} {f.Problem.En}")
        );
        Assert.InRange(sample.Findings.Count(f => f.Severity == Severity.Warning), 1, 40);
    }

    private static string HashOf(string folder, string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
}
