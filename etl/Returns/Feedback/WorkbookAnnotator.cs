using System.Globalization;
using System.Xml.Linq;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>
/// The respondent's own workbook with comments on the faulty cells and a list of findings as a further sheet. Parts that need no
/// change are the same bytes. Only workbooks that the reader found sound come here.
/// </summary>
internal static class WorkbookAnnotator
{
    private const string ListName = "审核意见 Findings";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Rows of the list and comments on a sheet; CSV and JSON have all findings.</summary>
    public const int MostListed = 5_000;
    private const int MostComments = 2_000;

    /// <summary>Elements of the workbook part that stand behind the defined names.</summary>
    private static readonly HashSet<string> BehindNames =
    [
        "calcPr",
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
        "AlternateContent",
    ];

    /// <summary>Annotates the package; false where it is built in a way that cannot be added to (strict standard, digital signature, other encodings): it is then half changed and to be dropped.</summary>
    public static bool Annotate(Package package, FileFeedback feedback)
    {
        // A change would break the signature, and with it the respondent's word for it.
        if (package.Names.Any(n => n.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase)))
            return false;
        if (package.RelationsOf("").Find(r => r.Kind == "officeDocument").Target is not { } book || package.Get(book) is not { } bookBytes)
            return false;
        if (XmlSplice.Of(bookBytes) is not { } workbook || workbook.RootNamespace != Main)
            return false;
        var parts = package.RelationsOf(book).Where(r => r.Kind == "worksheet").ToDictionary(r => r.Id, r => r.Target, StringComparer.Ordinal);
        var sheets = Sheets(bookBytes);
        foreach (var (name, _, relation) in sheets)
            if (parts.TryGetValue(relation, out var part) && package.Get(part) is not null && !SheetComments.Add(package, part, Texts(feedback, name)))
                return false;
        return List(package, feedback, book, workbook, sheets, parts);
    }

    private static List<(string Name, uint Id, string Relation)> Sheets(byte[] book) =>
        [
            .. Package
                .Load(book)
                .Descendants(XName.Get("sheet", Main))
                .Select(s =>
                    ((string?)s.Attribute("name") ?? "", (uint?)s.Attribute("sheetId") ?? 0, (string?)s.Attribute(XName.Get("id", Package.Office)) ?? "")
                ),
        ];

    /// <summary>What is said of each cell of a sheet; notes stand in the list alone.</summary>
    private static Dictionary<string, string> Texts(FileFeedback feedback, string sheet) =>
        feedback
            .Findings.Where(f => f.Finding.Sheet == sheet && f.Finding.Severity != Severity.Note && f.Cell is not null)
            .GroupBy(f => f.Cell!, StringComparer.Ordinal)
            .Take(MostComments)
            .ToDictionary(g => g.Key, g => string.Join("\n\n", g.Select(Comment)), StringComparer.Ordinal);

    private static string Comment(FeedbackFinding item)
    {
        var f = item.Finding;
        var lastYear = item.LastYear is null ? "" : $"\n上年数 last year：{item.LastYear}";
        return $"[{f.Code}] {FindingsTable.Severity(f.Severity)}\n{f.Problem.Zh}。{f.Remedy.Zh}。{lastYear}\n{f.Problem.En}; {f.Remedy.En}.";
    }

    private static bool List(
        Package package,
        FileFeedback feedback,
        string book,
        XmlSplice workbook,
        List<(string Name, uint Id, string Relation)> sheets,
        Dictionary<string, string> parts
    )
    {
        var bytes = ListSheet.WithoutStyles(
            FeedbackWriter.Title(feedback),
            FindingsTable.Headings,
            FindingsTable.Widths,
            feedback.Findings.Take(MostListed).Select((f, i) => FindingsTable.Cells(f, i + 1))
        );
        // A mended copy that comes back still has the list of last time: it is replaced.
        var known = sheets.Find(s => s.Name.StartsWith(ListName, StringComparison.Ordinal));
        if (known.Relation is not null && parts.TryGetValue(known.Relation, out var old) && Marked(workbook, sheets.IndexOf(known)))
        {
            package.Set(old, bytes);
            return true;
        }
        var part = package.FreeName("xl/worksheets", "sheetReview", "xml");
        package.Set(part, bytes);
        package.Declare(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
        var relation = package.Relate(book, Package.Office + "/worksheet", part);
        var name = SheetNames.Free(ListName, sheets.Select(s => s.Name));
        var id = sheets.Count == 0 ? 1 : sheets.Max(s => s.Id) + 1;
        var sheet = string.Create(
            CultureInfo.InvariantCulture,
            $"""<sheet xmlns="{Main}" xmlns:r="{Package.Office}" name="{name}" sheetId="{id}" r:id="{relation}"/>"""
        );
        var mark = string.Create(
            CultureInfo.InvariantCulture,
            $"""<definedName xmlns="{Main}" name="{TemplateMark.FormName}" localSheetId="{sheets.Count}" hidden="1">"{TemplateMark.Help}"</definedName>"""
        );
        if (workbook.AtEndOf("sheets", sheet) is not { } withSheet)
            return false;
        var withMark = withSheet.AtEndOf("definedNames", mark) ?? withSheet.BeforeChild(BehindNames, $"""<definedNames xmlns="{Main}">{mark}</definedNames>""");
        if (withMark is null)
            return false;
        package.Set(book, withMark.Bytes);
        return true;
    }

    private static bool Marked(XmlSplice workbook, int sheet) =>
        Package
            .Load(workbook.Bytes)
            .Descendants(XName.Get("definedName", Main))
            .Any(n =>
                (string?)n.Attribute("name") == TemplateMark.FormName
                && (string?)n.Attribute("localSheetId") == StoredText.Of(sheet)
                && n.Value.Trim('"') == TemplateMark.Help
            );
}
