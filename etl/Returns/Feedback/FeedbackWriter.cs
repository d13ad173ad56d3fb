using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>
/// Answers each file that was refused or raises questions: the respondent's workbook with comments and a list of findings, or a
/// workbook of our own where the original cannot carry comments, and the findings as CSV and JSON beside it. What is already
/// written stays; what has become wrong is written anew, and a file without findings any more loses its answer.
/// </summary>
/// <param name="folder">The feedback folder.</param>
/// <param name="original">Where the bytes with a hash lie.</param>
public sealed class FeedbackWriter(string folder, Func<string, string> original, ReadOptions options)
{
    /// <summary>The findings are those that were answered last, and the answers are there.</summary>
    public bool IsUpToDate(LandingStore landing) =>
        landing.Connection.Scalar<string>("select answered from meta") == Mark(landing)
        && landing.Connection.Rows("select distinct f.file_no, f.name from finding as x join file as f using (file_no) where x.severity <> 'note'")
            .All(f => Path.Combine(folder, Stem((int)f[0]!, (string)f[1]!)) is var stem && File.Exists(stem + ".xlsx") && File.Exists(stem + ".csv") && File.Exists(stem + ".json"));

    /// <summary>Brings the folder up to date with all findings.</summary>
    /// <returns>Answers written now.</returns>
    public int Write(LandingStore landing, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var findings = landing.Findings().GroupBy(f => f.FileNo)
            .Where(g => g.Any(f => f.Finding.Severity != Severity.Note))
            .ToDictionary(g => g.Key, g => g.Select(f => f.Finding).ToList());
        var files = landing.Connection.Rows("select file_no, sha256, name, format, refused from file order by file_no")
            .Where(f => findings.ContainsKey((int)f[0]!)).ToList();
        var before = new LastYear(landing.Connection, [.. findings.Keys]);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var written = 0;
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            var number = (int)file[0]!;
            var feedback = new FileFeedback(number, (string)file[1]!, (string)file[2]!, (string?)file[3] ?? "", (bool)file[4]!,
                [.. findings[number].Select(f => new FeedbackFinding(f, before.Of(number, f)))]);
            var stem = Stem(number, feedback.Name);
            known.Add(stem);
            if (Answer(feedback, Path.Combine(folder, stem))) written++;
        }
        Forget(known);
        landing.Connection.Run("update meta set answered = $1", Mark(landing));
        return written;
    }

    private static string Mark(LandingStore landing) => landing.Connection.Scalar<string>("select concat_ws(':', count(*), bit_xor(hash(f))) from finding as f")!;

    private static string Stem(int number, string name) => string.Create(CultureInfo.InvariantCulture, $"{number:00000}-{SafeFileName.Of(Path.GetFileNameWithoutExtension(name))}");

    /// <summary>The first line of every list.</summary>
    internal static string Title(FileFeedback feedback)
    {
        var shown = feedback.Findings.Count > WorkbookAnnotator.MostListed ? $"；此处列出前 {WorkbookAnnotator.MostListed} 条，全部见 CSV / the first {WorkbookAnnotator.MostListed} are listed, all are in the CSV" : "";
        return $"{feedback.Name}：{(feedback.Refused ? "未能读入 refused；" : "")}错误 errors {feedback.Errors}，需说明 to explain {feedback.Warnings}{shown}";
    }

    /// <summary>False where the answer stands already. JSON comes last: it says that all is there.</summary>
    private bool Answer(FileFeedback feedback, string stem)
    {
        var workbook = Path.GetFileName(stem) + ".xlsx";
        var json = FindingsJson.Write(feedback, workbook);
        if (File.Exists(stem + ".json") && File.Exists(stem + ".xlsx") && json.AsSpan().SequenceEqual(File.ReadAllBytes(stem + ".json"))) return false;
        File.Delete(stem + ".json");
        WholeFile.Write(stem + ".xlsx", stream => Workbook(feedback, stream));
        WholeFile.Write(stem + ".csv", stream => stream.Write(FindingsTable.Csv(feedback)));
        WholeFile.Write(stem + ".json", stream => stream.Write(json));
        return true;
    }

    private void Workbook(FileFeedback feedback, Stream stream)
    {
        if (Annotated(feedback) is { } package) package.Write(stream);
        else List(feedback, stream);
    }

    /// <summary>
    /// A copy is made only of what the reader found to be a sound workbook. A workbook with macros is not sent back: we would be
    /// spreading a program that we have not read.
    /// </summary>
    private Package? Annotated(FileFeedback feedback)
    {
        // A sound workbook may have been kept out for what it says (no form, missing columns); an unsound one has a finding of the reader's about the whole file.
        if (feedback.Format != "xlsx" || feedback.Findings.Any(f => f.Finding is { Severity: Severity.Error, Scope: "file" } && f.Finding.Code.StartsWith('R'))) return null;
        try
        {
            return Package.Open(original(feedback.Sha256), feedback.Name, options.Limits) is { } package && WorkbookAnnotator.Annotate(package, feedback) ? package : null;
        }
        catch (Exception e) when (e is RefusedException or System.Xml.XmlException or InvalidDataException)
        {
            return null; // unsound after all: the list says what is wrong with it
        }
    }

    private void List(FileFeedback feedback, Stream stream)
    {
        var faults = new Dictionary<(string, int), HashSet<int>>();
        foreach (var finding in feedback.Findings.Select(f => f.Finding).Where(f => f.Severity != Severity.Note && f.Row is not null))
        {
            var key = (finding.Sheet ?? "", finding.Row!.Value);
            if (!faults.TryGetValue(key, out var columns)) faults.Add(key, columns = []);
            if (finding.Column is not null && CellReference.TryParse(finding.Column + "1", out _, out var column)) columns.Add(column);
        }
        using var document = feedback.Refused || faults.Count == 0 ? null : ReturnReader.Open(original(feedback.Sha256), options with { KeepRaggedRows = true }, feedback.Name);
        var title = Title(feedback) + (feedback.Format == "xlsm" ? "；原件含宏，未附带，请另存为 .xlsx / the original has macros and is not sent back: save it as .xlsx" : "");
        FindingsWorkbook.Write(stream,
            (title, FindingsTable.Headings, FindingsTable.Widths, feedback.Findings.Take(WorkbookAnnotator.MostListed).Select((f, i) => FindingsTable.Cells(f, i + 1))), document, faults);
    }

    /// <summary>Answers to files that have no findings any more, and what a crash left.</summary>
    private void Forget(HashSet<string> known)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(path);
            var isAnswer = name.Length > 6 && name[5] == '-' && name.AsSpan(0, 5).IndexOfAnyExceptInRange('0', '9') < 0;
            if (name.EndsWith(".part", StringComparison.Ordinal) || isAnswer && !known.Contains(Path.GetFileNameWithoutExtension(name))) File.Delete(path);
        }
    }
}
