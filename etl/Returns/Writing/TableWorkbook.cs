using System.Data.Common;
using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Innovation1551.Returns.Writing;

/// <summary>Writes a query result as a workbook, row by row. Text is written as text, so that nothing in it can act as a formula.</summary>
public static class TableWorkbook
{
    /// <summary>Rows that a sheet can hold below its header.</summary>
    public const int MaxRows = 1_048_575;

    /// <returns>Rows written; at most <see cref="MaxRows"/>, and then the last sheet row says so.</returns>
    public static long Write(Stream stream, string sheetName, DbDataReader reader)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        var part = book.AddNewPart<WorksheetPart>("rId1");
        long rows = 0;
        using (var writer = OpenXmlWriter.Create(part))
        {
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            writer.WriteStartElement(new Row());
            for (var i = 0; i < reader.FieldCount; i++) Text(writer, reader.GetName(i));
            writer.WriteEndElement();
            for (; rows < MaxRows && reader.Read(); rows++)
            {
                writer.WriteStartElement(new Row());
                for (var i = 0; i < reader.FieldCount; i++) Value(writer, reader.IsDBNull(i) ? null : reader.GetValue(i));
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        book.Workbook = new Workbook(new DocumentFormat.OpenXml.Spreadsheet.Sheets(new Sheet { Name = sheetName, SheetId = 1, Id = "rId1" }));
        return rows;
    }

    private static void Value(OpenXmlWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteElement(new Cell());
                break;
            case bool b:
                writer.WriteElement(new Cell { DataType = CellValues.Boolean, CellValue = new(b) });
                break;
            // Excel keeps 15 digits: a longer whole number would be altered, so it goes in as text.
            case decimal or int or long or short or sbyte or byte or uint or ushort or double or float
                when Convert.ToString(value, CultureInfo.InvariantCulture) is { } number && number.Count(char.IsAsciiDigit) <= 15 && !number.Contains('N', StringComparison.Ordinal):
                writer.WriteElement(new Cell { CellValue = new(number) });
                break;
            case DateTime d:
                Text(writer, d.ToString(d.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                break;
            case DateOnly d:
                Text(writer, d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            default:
                Text(writer, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    private static void Text(OpenXmlWriter writer, string text) => writer.WriteElement(new Cell
    {
        DataType = CellValues.InlineString,
        InlineString = new(new Text(StoredText.Stored(text)) { Space = SpaceProcessingModeValues.Preserve }),
    });
}
