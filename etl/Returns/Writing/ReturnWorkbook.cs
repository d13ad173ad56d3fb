using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models.Exchange;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;
using Field = Innovation1551.Returns.Forms.Field;

namespace Innovation1551.Returns.Writing;

/// <summary>
/// Writes a return as a workbook, a sheet for each form. The same return gives the same bytes on every machine:
/// the parts are written one after the other with names and ids of our own, and nothing in the file knows the time.
/// </summary>
public static class ReturnWorkbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="compress">Smaller files, at the price that the bytes may differ between processors.</param>
    public static void Write(Stream stream, ReturnHeader header, IReadOnlyList<ReturnSheet> sheets, bool compress = false)
    {
        using var zip = new PlainZip(stream, compress);
        var strings = new WorkbookTexts();
        zip.Add("[Content_Types].xml", PackageParts.ContentTypes(sheets.Count, header.Synthetic));
        zip.Add("_rels/.rels", PackageParts.RootRelations(header.Synthetic));
        zip.Add("docProps/core.xml", PackageParts.CoreProperties(header));
        if (header.Synthetic)
            zip.Add("docProps/custom.xml", PackageParts.SyntheticProperty());
        zip.Add("xl/workbook.xml", PackageParts.Workbook([.. sheets.Select(s => s.Form.Name.Zh)]));
        zip.Add("xl/_rels/workbook.xml.rels", PackageParts.WorkbookRelations(sheets.Count));
        zip.Add("xl/styles.xml", PackageParts.Part(WorkbookStyles.Stylesheet()));
        for (var i = 0; i < sheets.Count; i++)
            zip.Add($"xl/worksheets/sheet{i + 1}.xml", Sheet(header, sheets[i], strings));
        zip.Add("xl/sharedStrings.xml", strings.ToPart());
    }

    private static ReadOnlySpan<byte> Sheet(ReturnHeader header, ReturnSheet sheet, WorkbookTexts strings)
    {
        var buffer = new MemoryStream(1 << 16);
        using (var writer = new OpenXmlPartWriter(buffer, new UTF8Encoding(false)))
        {
            writer.WriteStartDocument(standalone: true);
            writer.WriteStartElement(new Worksheet());
            writer.WriteElement(FrozenBelowHeader());
            writer.WriteElement(Widths(sheet));
            writer.WriteStartElement(new SheetData());
            var number = 0u;
            foreach (var line in SheetLayout.Lines(header, sheet))
                WriteRow(writer, ++number, line, sheet.Columns, strings);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }

    private static SheetViews FrozenBelowHeader() =>
        new(
            new SheetView(
                new Pane
                {
                    VerticalSplit = 3,
                    TopLeftCell = "A4",
                    ActivePane = PaneValues.BottomLeft,
                    State = PaneStateValues.Frozen,
                }
            )
            {
                WorkbookViewId = 0,
            }
        );

    private static Columns Widths(ReturnSheet sheet) =>
        new(
            sheet.Columns.Select(
                (field, i) =>
                    new Column
                    {
                        Min = (uint)i + 1,
                        Max = (uint)i + 1,
                        Width = field.Type switch
                        {
                            FieldType.Identifier => 22,
                            FieldType.Text => 30,
                            _ => 16,
                        },
                        CustomWidth = true,
                    }
            )
        );

    private static void WriteRow(OpenXmlWriter writer, uint number, Line line, IReadOnlyList<Field> columns, WorkbookTexts strings)
    {
        writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Row(), [new OpenXmlAttribute("r", "", Digits(number))]);
        for (var i = 0; i < line.Cells.Count; i++)
            if (line.Cells[i] is { } value)
                WriteCell(writer, ColumnName.Of(i + 1) + Digits(number), value, WorkbookStyles.For(line.Kind, i < columns.Count ? columns[i] : null), strings);
        writer.WriteEndElement();
    }

    private static void WriteCell(OpenXmlWriter writer, string reference, object value, uint style, WorkbookTexts strings)
    {
        var text = value switch
        {
            string s => Digits((uint)strings.IndexOf(s)),
            DateOnly date => Digits((uint)(date.DayNumber - new DateOnly(1899, 12, 30).DayNumber)),
            _ => StoredText.Of(value),
        };
        List<OpenXmlAttribute> attributes = [new("r", "", reference), new("s", "", Digits(style))];
        if (value is string)
            attributes.Add(new("t", "", "s"));
        writer.WriteStartElement(new DocumentFormat.OpenXml.Spreadsheet.Cell(), attributes);
        writer.WriteElement(new CellValue(text));
        writer.WriteEndElement();
    }

    private static string Digits(uint number) => StoredText.Of((long)number);
}
