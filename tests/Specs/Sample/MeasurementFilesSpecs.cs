using Innovation1551.Returns.Sample;
using Xunit;

namespace Innovation1551.Specs.Sample;

/// <summary>What benchmarks ask for: one very large file, or very many small ones.</summary>
public class MeasurementFilesSpecs
{
    [Fact]
    public void A_large_csv_has_the_rows_asked_for_and_no_number_twice()
    {
        var path = Path.GetTempFileName();
        try
        {
            SampleGenerator.WriteLargeCsv(path, 100_001, cancellation: TestContext.Current.CancellationToken);
            var rows = File.ReadLines(path).Skip(2).ToList();
            Assert.Equal(Innovation1551.Returns.Forms.PatentForm.Form.Fields.Select(f => f.Label.Zh), rows[0].Split(','));
            Assert.Equal(100_001, rows.Count - 1);
            Assert.Equal(100_001, rows.Skip(1).Select(r => r.Split(',')).Select(c => (c[3], c[6])).Distinct().Count());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Small_files_come_in_the_number_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var files = SampleGenerator.Write(
                folder,
                new SampleOptions(Groups: 2, Subsidiaries: 5, FirstYear: 2024, LastYear: 2024, MonthsOf2026: 0, Files: 150, Rows: 10),
                cancellation: TestContext.Current.CancellationToken
            );
            Assert.Equal(150, files.Count(f => f.StartsWith("补报_", StringComparison.Ordinal)));
            Assert.Contains("大表_专利事件.csv", files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
