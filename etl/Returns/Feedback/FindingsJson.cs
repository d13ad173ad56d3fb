using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Innovation1551.Returns.Feedback;

/// <summary>The findings of a file for machines. It has no time in it: the same findings give the same bytes.</summary>
internal static class FindingsJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static byte[] Write(FileFeedback feedback, string? workbook)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("file_no", feedback.FileNo);
            json.WriteString("sha256", feedback.Sha256);
            json.WriteString("file", feedback.Name);
            json.WriteString("format", feedback.Format);
            json.WriteBoolean("refused", feedback.Refused);
            json.WriteNumber("errors", feedback.Errors);
            json.WriteNumber("warnings", feedback.Warnings);
            json.WriteString("workbook", workbook);
            json.WriteStartArray("findings");
            foreach (var item in feedback.Findings)
                Finding(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private static void Finding(Utf8JsonWriter json, FeedbackFinding item)
    {
        var finding = item.Finding;
        json.WriteStartObject();
        json.WriteString("rule", finding.Code);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("scope", finding.Scope);
        json.WriteString("sheet", finding.Sheet);
        json.WriteString("cell", finding.Column is null ? null : item.Cell);
        if (finding.Row is { } row)
            json.WriteNumber("row", row);
        else
            json.WriteNull("row");
        json.WriteString("column", finding.Column);
        if (item.LikelyCells.Count > 0)
            json.WriteString("likely_cells", string.Join(' ', item.LikelyCells));
        json.WriteString("heading", finding.Heading);
        json.WriteString("read", finding.Read);
        if (finding.More > 0)
            json.WriteNumber("more", finding.More);
        json.WriteString("last_year", item.LastYear);
        json.WriteString("problem_zh", finding.Problem.Zh);
        json.WriteString("problem_en", finding.Problem.En);
        json.WriteString("remedy_zh", finding.Remedy.Zh);
        json.WriteString("remedy_en", finding.Remedy.En);
        json.WriteEndObject();
    }
}
