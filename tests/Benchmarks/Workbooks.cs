using System.Text;
using ExcelDataReader;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Benchmarks;

/// <summary>Many small workbooks, read, bound to their forms and typed, against a bare reader that only asks for every cell.</summary>
internal static class Workbooks
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        // The bare reader asks for code page 1252 on construction.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var folder = Measuring.Folder();
        var count = scale == Scale.Full ? 2_000 : 100;
        // Groups of half a dozen enterprises and six years: workbooks of a few hundred cells on a few sheets.
        SampleGenerator.Write(folder.Path, new SampleOptions(Groups: count / 5, Subsidiaries: count, MonthsOf2026: 0));
        // Not those that the sample spoils on purpose: the bare reader ends there.
        var files = Directory.GetFiles(folder.Path, "*.xlsx").Where(IsArchive).Order(StringComparer.Ordinal).TakeLast(count).ToArray();
        var only = Directory.CreateDirectory(folder.At("only")).FullName;
        files = [.. files.Select(f => { var to = Path.Combine(only, Path.GetFileName(f)); File.Move(f, to); return to; })];
        var binder = new Binder(new CodeLists(Definitions.Load()), new ReadOptions());
        var bare = Measuring.Median(3, () => { foreach (var file in files) Bare(file); });
        var ours = Measuring.Median(3, () => { foreach (var file in files) binder.Bind(new Receipt(1, "", Path.GetFileName(file), 0, default), file); });
        var cells = files.Sum(Bare);
        yield return new($"{files.Length:N0} workbooks, {cells / files.Length:N0} cells each: read, bound, typed", ours, "ExcelDataReader, every cell", bare, "≤ 1.3") { Collapse = 12 };
        if (Pandas.Available && scale == Scale.Full) yield return new($"{files.Length:N0} workbooks", ours, "pandas with openpyxl, every cell", Pandas.Workbooks(only, folder.At("by_hand.py")), "");
    }

    private static bool IsArchive(string path)
    {
        using var stream = File.OpenRead(path);
        return stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
    }

    /// <summary>Number of cells that hold something.</summary>
    private static long Bare(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
        long cells = 0;
        do
            while (reader.Read())
                for (var i = 0; i < reader.FieldCount; i++)
                    if (reader.GetValue(i) is not null) cells++;
        while (reader.NextResult());
        return cells;
    }
}
