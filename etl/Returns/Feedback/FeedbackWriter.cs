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
    /// <summary>Findings held in memory at a time.</summary>
    private const int MostHeld = 50_000;

    /// <summary>The findings are those that were answered last, and the answers are there.</summary>
    public bool IsUpToDate(LandingStore landing) =>
        landing.Connection.Scalar<string>("select answered from meta") == Mark(landing)
        && landing
            .Connection.Rows("select distinct f.file_no, f.name from finding as x join file as f using (file_no) where x.severity <> 'note'")
            .All(f =>
                Path.Combine(folder, Stem((int)f[0]!, (string)f[1]!)) is var stem
                && File.Exists(stem + ".xlsx")
                && File.Exists(stem + ".csv")
                && File.Exists(stem + ".json")
            );

    /// <summary>Brings the folder up to date with all findings.</summary>
    /// <returns>Answers written now.</returns>
    public int Write(LandingStore landing, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        const string number = "sum(case when severity = '{0}' then coalesce(more, 1) else 0 end)";
        var files = landing.Connection.Rows(
            $"""
            select f.file_no, f.sha256, f.name, f.format, f.refused, least(count(*), {WorkbookAnnotator.MostListed}),
                cast({number.Replace("{0}", "error", StringComparison.Ordinal)} as bigint) as errors, cast({number.Replace(
                "{0}",
                "warning",
                StringComparison.Ordinal
            )} as bigint) as warnings
            from file as f join finding as x using (file_no) group by all having errors + warnings > 0 order by f.file_no
            """
        );
        var known = new HashSet<string>(StringComparer.Ordinal);
        var written = 0;
        for (var next = 0; next < files.Count; )
        {
            // As many files at a time as have findings for a part of the memory.
            var batch = new List<object?[]>();
            for (long held = 0; next < files.Count && (batch.Count == 0 || held + (long)files[next][5]! <= MostHeld); next++)
            {
                held += (long)files[next][5]!;
                batch.Add(files[next]);
            }
            var numbers = batch.Select(f => (int)f[0]!).ToList();
            var findings = landing.Findings(numbers, WorkbookAnnotator.MostListed).ToLookup(f => f.FileNo, f => f.Finding);
            var before = new LastYear(landing.Connection, numbers);
            foreach (var file in batch)
            {
                cancel.ThrowIfCancellationRequested();
                var no = (int)file[0]!;
                var feedback = new FileFeedback(
                    no,
                    (string)file[1]!,
                    (string)file[2]!,
                    (string?)file[3] ?? "",
                    (bool)file[4]!,
                    (long)file[6]!,
                    (long)file[7]!,
                    [.. findings[no].Select(f => new FeedbackFinding(f, before.Of(no, f)))]
                );
                var stem = Stem(no, feedback.Name);
                known.Add(stem);
                if (Answer(feedback, Path.Combine(folder, stem)))
                    written++;
            }
        }
        Forget(known);
        landing.Connection.Run("update meta set answered = $1", Mark(landing));
        return written;
    }

    private static string Mark(LandingStore landing) =>
        landing.Connection.Scalar<string>("select concat_ws(':', count(*), bit_xor(hash(f))) from finding as f")!;

    /// <summary>How files of ours that belong to a received one are called: its number and its name, without the ending.</summary>
    public static string Stem(int number, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:00000}-{SafeFileName.Of(Path.GetFileNameWithoutExtension(name))}");

    /// <summary>The first line of every list.</summary>
    internal static string Title(FileFeedback feedback)
    {
        var shown =
            feedback.Errors + feedback.Warnings > feedback.Findings.Count
                ? "；同类问题多的只列出开头部分，其余计数 / of many of a kind the first are listed, the rest is counted"
                : "";
        return $"{feedback.Name}：{(feedback.Refused ? "未能读入 refused；" : "")}错误 errors {feedback.Errors}，需说明 to explain {feedback.Warnings}{shown}";
    }

    /// <summary>False where the answer stands already. JSON comes last: it says that all is there.</summary>
    private bool Answer(FileFeedback feedback, string stem)
    {
        var workbook = Path.GetFileName(stem) + ".xlsx";
        var json = FindingsJson.Write(feedback, workbook);
        if (File.Exists(stem + ".json") && File.Exists(stem + ".xlsx") && json.AsSpan().SequenceEqual(File.ReadAllBytes(stem + ".json")))
            return false;
        File.Delete(stem + ".json");
        WholeFile.Write(stem + ".xlsx", stream => Workbook(feedback, stream));
        WholeFile.Write(stem + ".csv", stream => stream.Write(FindingsTable.Csv(feedback)));
        WholeFile.Write(stem + ".json", stream => stream.Write(json));
        return true;
    }

    private void Workbook(FileFeedback feedback, Stream stream)
    {
        if (Annotated(feedback) is { } package)
            package.Write(stream);
        else
            List(feedback, stream);
    }

    /// <summary>
    /// A copy is made only of what the reader found to be a sound workbook. A workbook with macros is not sent back: we would be
    /// spreading a program that we have not read.
    /// </summary>
    private Package? Annotated(FileFeedback feedback)
    {
        // A sound workbook may have been kept out for what it says (no form, missing columns); an unsound one has a finding of the reader's about the whole file.
        if (
            feedback.Format != "xlsx"
            || !File.Exists(original(feedback.Sha256))
            || feedback.Findings.Any(f => f.Finding is { Severity: Severity.Error, Scope: "file" } && f.Finding.Code.StartsWith('R'))
        )
            return null;
        try
        {
            return Package.Open(original(feedback.Sha256), feedback.Name, options.Limits) is { } package && WorkbookAnnotator.Annotate(package, feedback)
                ? package
                : null;
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
            if (!faults.TryGetValue(key, out var columns))
                faults.Add(key, columns = []);
            if (finding.Column is not null && CellReference.TryParse(finding.Column + "1", out _, out var column))
                columns.Add(column);
        }
        using var document =
            feedback.Refused || faults.Count == 0 || !File.Exists(original(feedback.Sha256))
                ? null
                : ReturnReader.Open(original(feedback.Sha256), options with { KeepRaggedRows = true }, feedback.Name);
        var title =
            Title(feedback)
            + (feedback.Format == "xlsm" ? "；原件含宏，未附带，请另存为 .xlsx / the original has macros and is not sent back: save it as .xlsx" : "");
        FindingsWorkbook.Write(
            stream,
            (
                title,
                FindingsTable.Headings,
                FindingsTable.Widths,
                feedback.Findings.Take(WorkbookAnnotator.MostListed).Select((f, i) => FindingsTable.Cells(f, i + 1))
            ),
            document,
            faults
        );
    }

    /// <summary>Answers to files that have no findings any more, and what a crash left.</summary>
    private void Forget(HashSet<string> known)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(path);
            var isAnswer = name.Length > 6 && name[5] == '-' && name.AsSpan(0, 5).IndexOfAnyExceptInRange('0', '9') < 0;
            if (name.EndsWith(".part", StringComparison.Ordinal) || isAnswer && !known.Contains(Path.GetFileNameWithoutExtension(name)))
                File.Delete(path);
        }
    }
}
