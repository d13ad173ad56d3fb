using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models.Exchange;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Writing;

/// <summary>
/// Writes the workbook that a respondent fills in: instructions, a sheet for each form, last year's figures, hidden lists.
/// Everything follows from the form records, so that a new form has its template.
/// </summary>
public static class TemplateWorkbook
{
    /// <summary>Writes the workbook.</summary>
    public static void Write(Stream stream, TemplateContent content)
    {
        var sheets = Sheets(content);
        using var zip = new PlainZip(stream, compress: true);
        zip.Add("[Content_Types].xml", PackageParts.ContentTypes(sheets.Count, content.Synthetic));
        zip.Add("_rels/.rels", PackageParts.RootRelations(content.Synthetic));
        zip.Add(
            "docProps/core.xml",
            PackageParts.CoreProperties(
                new(content.Reporter?.Code ?? "", content.Reporter?.Name ?? "", content.Year, content.Period, default) { Synthetic = content.Synthetic }
            )
        );
        if (content.Synthetic)
            zip.Add("docProps/custom.xml", PackageParts.SyntheticProperty());
        zip.Add("xl/workbook.xml", PackageParts.Part(Workbook(sheets)));
        zip.Add("xl/_rels/workbook.xml.rels", PackageParts.WorkbookRelations(sheets.Count));
        zip.Add("xl/styles.xml", PackageParts.Part(TemplateStyles.Stylesheet()));
        for (var i = 0; i < sheets.Count; i++)
        {
            zip.Add($"xl/worksheets/sheet{StoredText.Of(i + 1)}.xml", PackageParts.Part(sheets[i].Sheet));
            if (sheets[i].Links.Count > 0)
                zip.Add($"xl/worksheets/_rels/sheet{StoredText.Of(i + 1)}.xml.rels", PackageParts.Links(sheets[i].Links));
        }
        zip.Add("xl/sharedStrings.xml", new WorkbookTexts().ToPart());
    }

    private sealed record Page(string Name, Worksheet Sheet, Form? Form = null, int Edition = 0, bool Hidden = false)
    {
        /// <summary>Files that its cells lead to.</summary>
        public IReadOnlyList<string> Links { get; init; } = [];
    }

    private static List<Page> Sheets(TemplateContent content)
    {
        List<Page> pages = [new("填报说明 Instructions", TemplateHelp.Instructions(content))];
        const string listsName = "代码 Lists";
        var lists = new TemplateLists(content, listsName);
        foreach (var form in content.Forms)
        {
            var sheet = new TemplateSheet(content, form, lists);
            pages.Add(
                new(SheetNames.Free(form.Name.Zh, [listsName, .. pages.Select(p => p.Name)]), sheet.Sheet(), form, sheet.Edition)
                {
                    Links = [.. sheet.Links.Select(l => l.Link.Target)],
                }
            );
        }
        if (TemplateHelp.LastYear(content) is { } before)
            pages.Add(new("上年数 Last year", before));
        pages.Add(new(listsName, lists.Sheet(), Hidden: true));
        return pages;
    }

    private static Workbook Workbook(List<Page> pages) =>
        new(
            new WorkbookProperties(),
            // It opens on the first form when there is but one, otherwise on the instructions.
            new BookViews(new WorkbookView { ActiveTab = pages.Count(p => p.Form is not null) == 1 ? 1u : 0u }),
            new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                pages.Select(
                    (page, i) =>
                        new DocumentFormat.OpenXml.Spreadsheet.Sheet
                        {
                            Name = page.Name,
                            SheetId = (uint)i + 1,
                            Id = $"rId{StoredText.Of(i + 1)}",
                            State = page.Hidden ? SheetStateValues.Hidden : null,
                        }
                )
            ),
            new DefinedNames(pages.SelectMany(Names))
        );

    private static IEnumerable<DefinedName> Names(Page page, int index)
    {
        if (page.Form is not { } form)
        {
            yield return Name(TemplateMark.FormName, $"\"{TemplateMark.Help}\"");
            yield break;
        }
        var sheet = SheetNames.Quoted(page.Name);
        yield return new DefinedName(
            string.Create(CultureInfo.InvariantCulture, $"{sheet}!$A:$B,{sheet}!${TemplateSheet.HeaderRow}:${TemplateSheet.HeaderRow}")
        )
        {
            Name = "_xlnm.Print_Titles",
            LocalSheetId = (uint)index,
        };
        yield return Name(TemplateMark.FormName, $"\"{form.Id}/{StoredText.Of(page.Edition)}\"");
        for (var i = 0; i < form.Fields.Length; i++)
            yield return Name(
                TemplateMark.FieldPrefix + form.Fields[i].Name,
                string.Create(CultureInfo.InvariantCulture, $"{sheet}!${ColumnName.Of(i + 1)}${TemplateSheet.HeaderRow}")
            );

        DefinedName Name(string name, string content) =>
            new(content)
            {
                Name = name,
                LocalSheetId = (uint)index,
                Hidden = true,
            };
    }
}
