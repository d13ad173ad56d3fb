using System.Text;
using ExcelDataReader;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Benchmarks;

/// <summary>Many small workbooks, read, bound to their forms and typed, against a bare reader that only asks for every cell.</summary>
internal static class Workbooks
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        // The bare reader asks for code page 1252 on construction.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var count = scale == Scale.Full ? 2_000 : 100;
        // An enterprise alone fills a few hundred cells; a group of half a dozen, ten times as many.
        foreach (var subsidiaries in scale == Scale.Full ? (int[])[0, 5] : [0])
        {
            using var folder = Measuring.Folder();
            SampleGenerator.Write(folder.Path, new SampleOptions(Groups: count / 5, Subsidiaries: subsidiaries * count / 5, MonthsOf2026: 0));
            // Not those that the sample spoils on purpose: the bare reader ends there.
            var files = Directory.GetFiles(folder.Path, "*.xlsx").Where(IsArchive).Order(StringComparer.Ordinal).TakeLast(count).ToArray();
            var only = Directory.CreateDirectory(folder.At("only")).FullName;
            files =
            [
                .. files.Select(f =>
                {
                    var to = Path.Combine(only, Path.GetFileName(f));
                    File.Move(f, to);
                    return to;
                }),
            ];
            var binder = new Binder(new CodeLists(Definitions.Load()), new ReadOptions());
            var bare = Measuring.Median(
                3,
                () =>
                {
                    foreach (var file in files)
                        Bare(file);
                }
            );
            var ours = Measuring.Median(
                3,
                () =>
                {
                    foreach (var file in files)
                        binder.Bind(new Receipt(1, "", Path.GetFileName(file), 0, default), file);
                }
            );
            var (sheets, cells) = files.Select(Bare).Aggregate((a, b) => (a.Sheets + b.Sheets, a.Cells + b.Cells));
            var name = $"{files.Length:N0} workbooks, {cells / files.Length:N0} cells on {(double)sheets / files.Length:N0} sheets each";
            yield return new($"{name}: read, bound, typed", ours, "ExcelDataReader, every cell", bare, "≤ 1.3") { Collapse = 12 };
            if (Pandas.Available && scale == Scale.Full)
                yield return new(name, ours, "pandas with openpyxl, every cell", Pandas.Workbooks(only, folder.At("by_hand.py")), "");
        }
    }

    private static bool IsArchive(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
    }

    /// <summary>Number of sheets, and of cells that hold something.</summary>
    private static (long Sheets, long Cells) Bare(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        long sheets = 0,
            cells = 0;
        do
        {
            sheets++;
            while (reader.Read())
                for (var i = 0; i < reader.FieldCount; i++)
                    if (reader.GetValue(i) is not null)
                        cells++;
        } while (reader.NextResult());
        return (sheets, cells);
    }
}
