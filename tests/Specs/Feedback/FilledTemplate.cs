using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace Innovation1551.Specs.Feedback;

/// <summary>A workbook filled in by a program as a respondent would: values into cells that take input, nothing else.</summary>
internal static class FilledTemplate
{
    /// <summary>Writes values into cells of a sheet and saves. Locked cells refuse, as a spreadsheet program does.</summary>
    public static void Fill(string path, string sheet, IReadOnlyDictionary<string, object> values)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: true);
        var part = Part(document, sheet);
        var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        foreach (var (reference, value) in values)
        {
            var cell =
                part.Worksheet!.Descendants<Cell>().FirstOrDefault(c => c.CellReference == reference)
                ?? throw new InvalidOperationException($"{sheet}!{reference} is not there");
            var isLocked = formats[(int)cell.StyleIndex!.Value].Protection?.Locked?.Value ?? true;
            if (isLocked && part.Worksheet!.Elements<SheetProtection>().Any())
                throw new InvalidOperationException($"{sheet}!{reference} is protected");
            cell.InlineString = null;
            if (value is string text)
            {
                cell.DataType = CellValues.InlineString;
                cell.CellValue = null;
                cell.InlineString = new(new Text(text));
            }
            else
            {
                cell.DataType = null;
                cell.CellValue = new(Convert.ToString(value, CultureInfo.InvariantCulture)!);
            }
        }
    }

    /// <summary>The comments of a sheet by cell.</summary>
    public static Dictionary<string, string> Comments(string path, string sheet)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        return Part(document, sheet).WorksheetCommentsPart?.Comments!.CommentList!.Elements<Comment>().ToDictionary(c => c.Reference!.Value!, c => c.InnerText)
            ?? [];
    }

    /// <summary>What the standard's own validator has to say.</summary>
    public static IEnumerable<string> Faults(string path)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];
    }

    private static WorksheetPart Part(SpreadsheetDocument document, string sheet)
    {
        var book = document.WorkbookPart!;
        var id = book.Workbook!.Sheets!.Elements<Sheet>().Single(s => s.Name == sheet).Id!.Value!;
        return (WorksheetPart)book.GetPartById(id);
    }
}
