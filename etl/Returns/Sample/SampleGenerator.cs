using System.Text;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>
/// Constructs the returns of invented enterprise groups. The same options give the same bytes on every machine.
/// Every file says that it is synthetic, and every name contains 示例 (example).
/// </summary>
public static class SampleGenerator
{
    /// <summary>Writes the sample into a folder, which is created where it does not exist. Nothing but returns is written.</summary>
    /// <returns>The names of the files, in the order in which they were sent.</returns>
    public static IReadOnlyList<string> Write(
        string folder,
        SampleOptions options,
        IProgress<(int Done, int Total, string What)>? progress = null,
        CancellationToken cancellation = default
    )
    {
        Directory.CreateDirectory(folder);
        var register = new RegisterMaker(options).Make();
        Economy.Run(options, register);
        var maker = new ReturnMaker(options, register);
        var filings = FilingPlan.Make(options);
        var total = filings.Count + (options.Files ?? 0) + (options.Rows is null ? 0 : 1);
        var written = new List<string>();
        foreach (var filing in filings)
        {
            cancellation.ThrowIfCancellationRequested();
            written.AddRange(Write(folder, filing, maker, register));
            progress?.Report((written.Count, Math.Max(total, written.Count), written[^1]));
        }
        if (options.Files is { } files)
            foreach (var name in SmallFiles.Write(folder, options, register, files, cancellation))
            {
                written.Add(name);
                if (written.Count % 100 == 0)
                    progress?.Report((written.Count, Math.Max(total, written.Count), name));
            }
        if (options.Rows is { } rows)
        {
            written.Add(LargeCsv.FileName);
            LargeCsv.Write(Path.Combine(folder, LargeCsv.FileName), rows, options, register, cancellation);
            progress?.Report((written.Count, written.Count, LargeCsv.FileName));
        }
        return written;
    }

    /// <summary>Streams one CSV of patent events into a file, for measurements; its enterprises are those of the sample of this seed.</summary>
    public static void WriteLargeCsv(string path, long rows, int seed = 1551, CancellationToken cancellation = default)
    {
        var options = new SampleOptions(seed);
        LargeCsv.Write(path, rows, options, new RegisterMaker(options).Make(), cancellation);
    }

    private static IEnumerable<string> Write(string folder, Filing filing, ReturnMaker maker, Register register)
    {
        var header = maker.HeaderOf(filing);
        var sheets = maker.SheetsOf(filing);
        if (filing.Flaw is { } flaw)
            sheets = FlawMaker.Spoil(sheets, flaw, SampleFlaws.Planned.First(p => p.Kind == flaw).Form);
        foreach (var (name, form) in filing.Files(register))
        {
            var path = Path.Combine(folder, name);
            if (form is null)
                WriteWorkbook(path, filing, header, sheets);
            else if (sheets.Find(s => s.Form.Id == form) is { } sheet)
                WriteCsv(path, filing, header, sheet);
            // A form without a row is not sent.
            else
                continue;
            yield return name;
        }
    }

    private static void WriteWorkbook(string path, Filing filing, ReturnHeader header, List<ReturnSheet> sheets)
    {
        using var stream = File.Create(path, 1 << 16);
        if (filing.Flaw == FlawKind.NotAWorkbook)
            stream.Write(WebPage.Of(header));
        else
            ReturnWorkbook.Write(stream, header, sheets);
    }

    private static void WriteCsv(string path, Filing filing, ReturnHeader header, ReturnSheet sheet)
    {
        using var stream = File.Create(path, 1 << 16);
        if (filing.Flaw == FlawKind.MixedEncoding && sheet.Form.Id == SampleFlaws.Planned.First(p => p.Kind == FlawKind.MixedEncoding).Form)
        {
            stream.Write(TwoEncodings.Of(header, sheet));
            return;
        }
        ReturnCsv.Write(stream, header, sheet, EncodingOf(filing.Format));
    }

    private static Encoding EncodingOf(FileFormat format) =>
        format switch
        {
            FileFormat.CsvGb18030 => ReturnCsv.Gb18030,
            FileFormat.CsvUtf8WithMark => ReturnCsv.Utf8WithMark,
            _ => ReturnCsv.Utf8,
        };
}
