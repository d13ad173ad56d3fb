using System.Diagnostics;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// Every file of every corpus ends in a load or in a finding that names the file: no exception, nothing over ten seconds or 512 MB.
/// Prints the table that stands in etl/Returns/Reading/README.md.
/// </summary>
public class CorpusSpecs(ITestOutputHelper output)
{
    [Theory]
    [InlineData("closedxml", 236, ".xlsx", ".xlsm")]
    [InlineData("exceldatareader", 331, ".xlsx", ".xlsm", ".xls", ".xlsb")]
    [InlineData("poi", 214, ".xlsx", ".xlsm", ".xls")]
    [InlineData("csv-spectrum", 12, ".csv")]
    [InlineData("csv-test-data", 25, ".csv")]
    [InlineData("duckdb-csv", 63, ".csv", ".tsv", ".gz")]
    [InlineData("pollock", 104, ".csv")]
    [InlineData("parquet-testing", 78, ".parquet", ".encrypted")]
    [InlineData("jsontestsuite/test_parsing", 318, ".json")]
    public void Every_file_ends_in_rows_or_in_a_finding(string corpus, int atLeast, params string[] endings)
    {
        var folder = Corpora.Path(["corpora", .. corpus.Split('/')]);
        var files = Corpora.Files(folder, endings).ToList();
        Assert.True(files.Count >= atLeast, $"{files.Count} files");
        int read = 0,
            refused = 0,
            withFaults = 0;
        long rows = 0;
        double slowest = 0;
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var total = Stopwatch.StartNew();
        foreach (var file in files)
        {
            var watch = Stopwatch.StartNew();
            using var document = ReturnReader.Open(file);
            foreach (var row in document.Sheets().SelectMany(s => s.Rows()))
            {
                rows++;
                Assert.DoesNotContain(row.Cells, c => c.Text.Contains('\uFFFD', StringComparison.Ordinal));
            }
            slowest = Math.Max(slowest, watch.Elapsed.TotalSeconds);
            Assert.True(watch.Elapsed.TotalSeconds < 10, $"{file}: {watch.Elapsed.TotalSeconds:0.0} s");
            Assert.All(
                document.Findings,
                f =>
                    Assert.True(
                        f.File == Path.GetFileName(file)
                            && f.Problem.Zh.Length > 0
                            && f.Problem.En.Length > 0
                            && f.Remedy.Zh.Length > 0
                            && f.Remedy.En.Length > 0
                    )
            );
            if (document.Refused)
            {
                refused++;
                var reason = document.Findings.Last(f => f.Severity == Severity.Error).Code;
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
            else
            {
                read++;
                if (document.RowsRefused > 0)
                    withFaults++;
            }
        }
        using var self = Process.GetCurrentProcess();
        var peak = self.PeakWorkingSet64 >> 20;
        output.WriteLine(
            $"| {corpus} | {files.Count} | {read} | {withFaults} | {refused}: {string.Join(", ", reasons.Select(r => $"{r.Value} {r.Key}"))} | 0 | {rows} | {total.Elapsed.TotalSeconds:0.0} | {slowest:0.00} | {peak} |"
        );
    }

    [Fact]
    public void Valid_json_is_accepted_and_invalid_json_is_refused()
    {
        var folder = Corpora.Path("corpora", "jsontestsuite", "test_parsing");
        foreach (var file in Corpora.Files(folder, ".json"))
        {
            var name = Path.GetFileName(file);
            using var document = ReturnReader.Open(file);
            foreach (var sheet in document.Sheets())
            foreach (var _ in sheet.Rows()) { }
            if (name.StartsWith("y_", StringComparison.Ordinal))
                Assert.False(document.Refused, name);
            if (name.StartsWith("n_", StringComparison.Ordinal))
                Assert.True(document.Refused, name);
        }
    }

    [Fact]
    public void Parquet_values_keep_their_digits()
    {
        using var document = ReturnReader.Open(Corpora.Path("corpora", "parquet-testing", "data", "int32_decimal.parquet"));
        var rows = document.Sheets().Single().Rows().ToList();
        Assert.Empty(document.Findings);
        Assert.Equal("value", rows[0][1].Text);
        Assert.Equal((CellKind.Number, "1.00"), (rows[1][1].Kind, rows[1][1].Text));
        Assert.Equal(24, rows.Count - 1);
    }
}
