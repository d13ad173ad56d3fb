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
        if (XmlSplice.Of(bookBytes) is not { } workbook || workbook.RootNamespace != Package.Main)
            return false;
        var parts = package.RelationsOf(book).Where(r => r.Kind == "worksheet").ToDictionary(r => r.Id, r => r.Target, StringComparer.Ordinal);
        var sheets = Sheets(bookBytes);
        var colours = SheetColours.Formats(package, package.RelationsOf(book).Find(r => r.Kind == "styles").Target);
        var (first, marks) = (First(feedback, sheets), Marks(bookBytes));
        foreach (var (at, (name, _, relation)) in sheets.Index())
        {
            if (!parts.TryGetValue(relation, out var part) || package.Get(part) is null)
                continue;
            if (!SheetComments.Add(package, part, Texts(feedback, name)))
                return false;
            if (
                colours is { } formats
                && !SheetColours.Apply(package, part, Cells(feedback, name, Severity.Error), Cells(feedback, name, Severity.Warning), formats)
            )
                return false;
            FirstFault.Choose(package, part, name == first?.Sheet ? first.Value.Cell : null);
            if (marks.GetValueOrDefault(StoredText.Of(at)) is { } mark && mark != TemplateMark.Help)
                BackLink.Add(package, part, sheets.Find(s => s.Name.StartsWith(ListName, StringComparison.Ordinal)).Name ?? ListName);
        }
        // Where nothing has a place, the list is what is to be seen; it is the last sheet.
        return List(package, feedback, book, workbook, sheets, marks, parts, first?.Sheet);
    }

    /// <summary>Where the workbook opens: at the first error that has a place, otherwise the first question.</summary>
    private static (string Sheet, string Cell)? First(FileFeedback feedback, List<(string Name, uint Id, string Relation)> sheets) =>
        feedback
            .Findings.Where(f => f.Finding.Severity != Severity.Note && f.FirstCell is not null && sheets.Exists(s => s.Name == f.Finding.Sheet))
            .OrderByDescending(f => f.Finding.Severity)
            .Select(f => ((string, string)?)(f.Finding.Sheet!, f.FirstCell!))
            .FirstOrDefault();

    /// <summary>The cells of a sheet to be coloured for findings of a gravity; one with an error is not asked about too.</summary>
    private static List<string> Cells(FileFeedback feedback, string sheet, Severity severity)
    {
        var here = feedback.Findings.Where(f => f.Finding.Sheet == sheet && f.Cell is not null).ToList();
        var graver = severity == Severity.Warning ? Cells(feedback, sheet, Severity.Error).ToHashSet(StringComparer.Ordinal) : [];
        return
        [
            .. here.Where(f => f.Finding.Severity == severity)
                .SelectMany(f => f.LikelyCells.Prepend(f.Cell!))
                .Distinct()
                .Where(c => !graver.Contains(c))
                .Take(MostComments),
        ];
    }

    private static List<(string Name, uint Id, string Relation)> Sheets(byte[] book) =>
        [
            .. Package
                .Load(book)
                .Descendants(XName.Get("sheet", Package.Main))
                .Select(s =>
                    ((string?)s.Attribute("name") ?? "", (uint?)s.Attribute("sheetId") ?? 0, (string?)s.Attribute(XName.Get("id", Package.Office)) ?? "")
                ),
        ];

    /// <summary>What is said of each cell of a sheet; notes stand in the list alone.</summary>
    private static Dictionary<string, string> Texts(FileFeedback feedback, string sheet) =>
        feedback
            .Findings.Select((f, i) => (Item: f, Number: i + 1))
            .Where(f => f.Item.Finding.Sheet == sheet && f.Item.Finding.Severity != Severity.Note && f.Item.Cell is not null)
            .SelectMany(f => f.Item.LikelyCells.Prepend(f.Item.Cell!).Distinct().Select(cell => (Cell: cell, Text: Comment(f.Item, f.Number, cell))))
            .GroupBy(f => f.Cell, StringComparer.Ordinal)
            .Take(MostComments)
            .ToDictionary(g => g.Key, g => string.Join("\n\n", g.Select(f => f.Text)), StringComparer.Ordinal);

    private static string Comment(FeedbackFinding item, int number, string cell)
    {
        var f = item.Finding;
        var lastYear = item.LastYear is null || cell != item.Cell ? "" : $"\n上年数 last year：{item.LastYear}";
        var likely =
            item.LikelyCells.Count == 0 ? ""
            : item.LikelyCells.Contains(cell)
                ? $"\n本单元格最可能有误（问题见于 {item.Cell}） This cell is most likely the wrong one (the finding is on {item.Cell})."
            : $"\n最可能有误的是 {string.Join("、", item.LikelyCells)} Most likely wrong: {string.Join(", ", item.LikelyCells)}.";
        return $"[{f.Code}] {FindingsTable.Severity(f.Severity)}（{ListName}，{StoredText.Of(number)}）{likely}\n{f.Problem.Zh}。{f.Remedy.Zh}。{lastYear}\n{f.Problem.En}; {f.Remedy.En}.";
    }

    /// <summary>Where a line of the list leads to: the cell that is most likely wrong, or what of the place is known.</summary>
    private static string? Target(FeedbackFinding item, List<(string Name, uint Id, string Relation)> sheets) =>
        item.Finding.Sheet is { } sheet && sheets.Exists(s => s.Name == sheet) ? $"{SheetNames.Quoted(sheet)}!{item.FirstCell ?? "A1"}" : null;

    private static bool List(
        Package package,
        FileFeedback feedback,
        string book,
        XmlSplice workbook,
        List<(string Name, uint Id, string Relation)> sheets,
        Dictionary<string, string> marks,
        Dictionary<string, string> parts,
        string? front
    )
    {
        var listed = feedback.Findings.Take(MostListed).ToList();
        var bytes = ListSheet.WithoutStyles(
            FeedbackWriter.Title(feedback),
            FindingsTable.Headings,
            FindingsTable.Widths,
            listed.Select((f, i) => FindingsTable.Cells(f, i + 1)),
            FindingsTable.PlaceColumn,
            [.. listed.Select(f => Target(f, sheets))],
            isInFront: front is null
        );
        // A mended copy that comes back still has the list of last time: it is replaced.
        var known = sheets.Find(s => s.Name.StartsWith(ListName, StringComparison.Ordinal));
        if (
            known.Relation is not null
            && parts.TryGetValue(known.Relation, out var old)
            && marks.GetValueOrDefault(StoredText.Of(sheets.IndexOf(known))) == TemplateMark.Help
        )
        {
            package.Set(old, bytes);
            package.Set(book, FirstFault.Front(workbook, sheets.FindIndex(s => s.Name == (front ?? known.Name))).Bytes);
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
            $"""<sheet xmlns="{Package.Main}" xmlns:r="{Package.Office}" name="{name}" sheetId="{id}" r:id="{relation}"/>"""
        );
        var mark = string.Create(
            CultureInfo.InvariantCulture,
            $"""<definedName xmlns="{Package.Main}" name="{TemplateMark.FormName}" localSheetId="{sheets.Count}" hidden="1">"{TemplateMark.Help}"</definedName>"""
        );
        if (workbook.AtEndOf("sheets", sheet) is not { } withSheet)
            return false;
        var withMark =
            withSheet.AtEndOf("definedNames", mark) ?? withSheet.BeforeChild(BehindNames, $"""<definedNames xmlns="{Package.Main}">{mark}</definedNames>""");
        if (withMark is null)
            return false;
        package.Set(book, FirstFault.Front(withMark, front is null ? sheets.Count : sheets.FindIndex(s => s.Name == front)).Bytes);
        return true;
    }

    /// <summary>What the marks of the sheets say, by the number of the sheet; without those that have none.</summary>
    private static Dictionary<string, string> Marks(byte[] book) =>
        Package
            .Load(book)
            .Descendants(XName.Get("definedName", Package.Main))
            .Where(n => (string?)n.Attribute("name") == TemplateMark.FormName && n.Attribute("localSheetId") is not null)
            .GroupBy(n => (string)n.Attribute("localSheetId")!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Value.Trim('"'), StringComparer.Ordinal);
}
