using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Returns.Feedback;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Pipeline.Work;

/// <summary>The list of what is to be decided, with its links: to a copy of the file as it was received, and to the annotated answer.</summary>
/// <param name="by">Who is going to decide; null leaves it blank.</param>
public sealed class ReviewDesk(Workspace workspace, Archive archive, DateOnly today, string? by)
{
    /// <summary>Rows of a list; more are decided in the next one. Rules of a sheet reach down to row 5,000.</summary>
    public const int MostListed = 4_000;

    /// <summary>Where copies of received files lie, so that a spreadsheet program opens them by their ending. The archive's own are never handed out.</summary>
    private string Originals => Path.Combine(workspace.Review, "原件");

    /// <summary>A row of the list: what is known, who decides and when, and the links from a workbook that lies in a folder.</summary>
    public IReadOnlyDictionary<string, object?> Row(Form form, OpenMatter matter, string folder)
    {
        var row = new Dictionary<string, object?>(matter.Values, StringComparer.Ordinal);
        foreach (var field in form.Fields)
            if (by is not null && field.Name is "reviewer" or "decided_by")
                row[field.Name] = by;
            else if (by is not null && field.Name is "reviewed_on" or "decided_on")
                row[field.Name] = today;
        var place = matter.Place;
        // An appeal's form has no column for the file; the enterprise leads there.
        Link(
            row,
            form.Fields.Any(f => f.Name == "file_name") ? "file_name" : "enterprise_name",
            Original(place),
            folder,
            place,
            "打开收到的原件 The file as received"
        );
        Link(
            row,
            "finding_cell",
            Path.Combine(workspace.Feedback, FeedbackWriter.Stem(place.FileNo, place.FileName) + ".xlsx"),
            folder,
            place,
            "打开带批注的回执 The annotated answer"
        );
        return row;
    }

    private static void Link(Dictionary<string, object?> row, string field, string path, string folder, Place place, string tip)
    {
        if (row.GetValueOrDefault(field) is string text && File.Exists(path))
            row[field] = new LinkedText(
                text,
                Target(Path.GetRelativePath(folder, path)),
                place is { Format: "xlsx", Sheet: { } sheet }
                    ? $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'!{place.Cell ?? "A" + place.Row.ToString(CultureInfo.InvariantCulture)}"
                    : null,
                tip
            );
    }

    /// <summary>The copy of a received file, made where there is none yet. Nothing is lost where somebody changes it.</summary>
    private string Original(Place place)
    {
        Directory.CreateDirectory(Originals);
        var path = Path.Combine(Originals, FeedbackWriter.Stem(place.FileNo, place.FileName) + Ending(place.FileName));
        if (!File.Exists(path) && File.Exists(archive.PathOf(place.Sha256)))
            WholeFile.Write(
                path,
                stream =>
                {
                    using var bytes = File.OpenRead(archive.PathOf(place.Sha256));
                    bytes.CopyTo(stream);
                }
            );
        return path;
    }

    /// <summary>The ending of a name from outside, where it is one that opens a document and nothing else.</summary>
    private static string Ending(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is var ending and (".xlsx" or ".xls" or ".csv" or ".txt" or ".tsv" or ".json" or ".parquet" or ".arrow")
            ? ending
            : ".bin";

    /// <summary>A relative path as a workbook's relation holds it: the signs that part a URI are escaped, other letters stand as they are.</summary>
    private static string Target(string path) =>
        path.Replace('\\', '/')
            .Replace("%", "%25", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal)
            .Replace("?", "%3F", StringComparison.Ordinal)
            .Replace(" ", "%20", StringComparison.Ordinal);
}
