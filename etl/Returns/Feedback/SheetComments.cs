using System.Globalization;
using System.Xml.Linq;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>
/// Adds comments to the cells of one sheet. A comment is two things: its text in the sheet's comments part, and a box in the
/// sheet's old drawing. What the respondent put there stays; what we said about an earlier version goes.
/// </summary>
internal static class SheetComments
{
    public const string Author = "审核意见 Review";

    /// <summary>How our part of a respondent's own comment begins.</summary>
    private const string Appended = "\n\n" + Author + "\n";

    /// <summary>Longest text of a comment that every program shows whole.</summary>
    private const int LongestText = 8_000;
    private static readonly XNamespace Vml = "urn:schemas-microsoft-com:vml",
        OfficeVml = "urn:schemas-microsoft-com:office:office",
        Excel = "urn:schemas-microsoft-com:office:excel";
    private static readonly XNamespace Main = Package.Main;

    /// <summary>False where the sheet is written in a way that cannot be added to without rewriting it.</summary>
    public static bool Add(Package package, string sheetPart, IReadOnlyDictionary<string, string> texts)
    {
        var relations = package.RelationsOf(sheetPart);
        var commentsPart = relations.Find(r => r.Kind == "comments").Target;
        var drawingPart = relations.Find(r => r.Kind == "vmlDrawing").Target;
        if (texts.Count == 0 && commentsPart is null)
            return true;
        if (drawingPart is null)
        {
            if (XmlSplice.Of(package.Get(sheetPart)!) is not { } sheet || sheet.RootNamespace != Main.NamespaceName)
                return false;
            drawingPart = package.FreeName("xl/drawings", "vmlReview", "vml");
            var id = package.Relate(sheetPart, Package.Office + "/vmlDrawing", drawingPart);
            if (
                sheet.BeforeChild(SheetOrder.Behind("legacyDrawing"), $"""<legacyDrawing xmlns="{Main}" xmlns:r="{Package.Office}" r:id="{id}"/>""")
                is not { } changed
            )
                return false;
            package.Set(sheetPart, changed.Bytes);
            package.Declare(drawingPart, "application/vnd.openxmlformats-officedocument.vmlDrawing", byExtension: true);
        }
        var comments = commentsPart is null ? NewComments() : Package.Load(package.Get(commentsPart)!);
        if (comments.Root?.Name.Namespace != Main)
            return false;
        if (commentsPart is null)
        {
            commentsPart = package.FreeName("xl", "commentsReview", "xml");
            package.Relate(sheetPart, Package.Office + "/comments", commentsPart);
            package.Declare(commentsPart, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml");
        }
        var drawing = package.Get(drawingPart) is { } bytes ? Package.Load(bytes) : NewDrawing();
        var removed = RemoveOurs(comments);
        foreach (var cell in removed)
            Shape(drawing, cell)?.Remove();
        var author = AuthorId(comments);
        var list = comments.Root.Element(Main + "commentList")!;
        foreach (var (cell, text) in texts)
            if (list.Elements(Main + "comment").FirstOrDefault(c => (string?)c.Attribute("ref") == cell) is { } existing)
                existing.Element(Main + "text")!.Add(Run(Appended + Cut(text)));
            else
            {
                list.Add(
                    new XElement(Main + "comment", new XAttribute("ref", cell), new XAttribute("authorId", author), new XElement(Main + "text", Run(Cut(text))))
                );
                drawing.Root!.Add(NewShape(drawing, cell, text));
            }
        package.Set(commentsPart, Package.Save(comments));
        package.Set(drawingPart, Package.Save(drawing));
        return true;
    }

    private static XDocument NewComments() => new(new XElement(Main + "comments", new XElement(Main + "authors"), new XElement(Main + "commentList")));

    private static XDocument NewDrawing() =>
        new(
            new XElement(
                "xml",
                new XAttribute(XNamespace.Xmlns + "v", Vml.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "o", OfficeVml.NamespaceName),
                new XAttribute(XNamespace.Xmlns + "x", Excel.NamespaceName),
                new XElement(
                    OfficeVml + "shapelayout",
                    new XAttribute(Vml + "ext", "edit"),
                    new XElement(OfficeVml + "idmap", new XAttribute(Vml + "ext", "edit"), new XAttribute("data", "1"))
                ),
                ShapeType()
            )
        );

    private static XElement ShapeType() =>
        new(
            Vml + "shapetype",
            new XAttribute("id", "_x0000_t202"),
            new XAttribute("coordsize", "21600,21600"),
            new XAttribute(OfficeVml + "spt", "202"),
            new XAttribute("path", "m,l,21600r21600,l21600,xe"),
            new XElement(Vml + "stroke", new XAttribute("joinstyle", "miter")),
            new XElement(Vml + "path", new XAttribute("gradientshapeok", "t"), new XAttribute(OfficeVml + "connecttype", "rect"))
        );

    private static string AuthorId(XDocument comments)
    {
        var authors = comments.Root!.Element(Main + "authors")!;
        var all = authors.Elements(Main + "author").Select(a => a.Value).ToList();
        if (all.IndexOf(Author) is >= 0 and var at)
            return StoredText.Of(at);
        authors.Add(new XElement(Main + "author", Author));
        return StoredText.Of(all.Count);
    }

    /// <summary>Takes out what we said before; returns the cells.</summary>
    private static List<string> RemoveOurs(XDocument comments)
    {
        var at = comments.Root!.Element(Main + "authors")!.Elements(Main + "author").Select(a => a.Value).ToList().IndexOf(Author);
        var ours = comments
            .Root.Element(Main + "commentList")!
            .Elements(Main + "comment")
            .Where(c => at >= 0 && (string?)c.Attribute("authorId") == StoredText.Of(at))
            .ToList();
        ours.ForEach(c => c.Remove());
        comments.Root.Descendants(Main + "r").Where(r => r.Value.StartsWith(Appended, StringComparison.Ordinal)).Remove();
        return [.. ours.Select(c => (string)c.Attribute("ref")!)];
    }

    private static XElement? Shape(XDocument drawing, string cell) =>
        !CellReference.TryParse(cell, out var row, out var column)
            ? null
            : drawing
                .Root!.Elements(Vml + "shape")
                .FirstOrDefault(s =>
                    s.Element(Excel + "ClientData") is { } data
                    && (string?)data.Attribute("ObjectType") == "Note"
                    && (string?)data.Element(Excel + "Row") == StoredText.Of(row - 1)
                    && (string?)data.Element(Excel + "Column") == StoredText.Of(column - 1)
                );

    private static XElement NewShape(XDocument drawing, string cell, string text)
    {
        if (!CellReference.TryParse(cell, out var row, out var column))
            throw new ArgumentException($"{cell} is no cell", nameof(cell));
        var taken = drawing.Root!.Elements().Select(e => (string?)e.Attribute("id")).ToHashSet(StringComparer.Ordinal);
        if (!taken.Contains("_x0000_t202"))
        {
            drawing.Root.Add(ShapeType());
            taken.Add("_x0000_t202");
        }
        var id =
            "_x0000_s"
            + StoredText.Of(Enumerable.Range(1025 + taken.Count, int.MaxValue - 1025 - taken.Count).First(n => !taken.Contains("_x0000_s" + StoredText.Of(n))));
        var lines = Math.Clamp(text.Length / 22 + text.Count(c => c == '\n') + 1, 4, 14);
        var anchor = string.Create(
            CultureInfo.InvariantCulture,
            $"{column}, 15, {Math.Max(0, row - 2)}, 10, {column + 3}, 15, {Math.Max(0, row - 2) + lines}, 4"
        );
        return new XElement(
            Vml + "shape",
            new XAttribute("id", id),
            new XAttribute("type", "#_x0000_t202"),
            new XAttribute("style", "position:absolute;margin-left:80pt;margin-top:5pt;width:260pt;height:120pt;z-index:1;visibility:hidden"),
            new XAttribute("fillcolor", "#ffffe1"),
            new XAttribute(OfficeVml + "insetmode", "auto"),
            new XElement(Vml + "fill", new XAttribute("color2", "#ffffe1")),
            new XElement(Vml + "shadow", new XAttribute("on", "t"), new XAttribute("color", "black"), new XAttribute("obscured", "t")),
            new XElement(Vml + "path", new XAttribute(OfficeVml + "connecttype", "none")),
            new XElement(Vml + "textbox", new XAttribute("style", "mso-direction-alt:auto"), new XElement("div", new XAttribute("style", "text-align:left"))),
            new XElement(
                Excel + "ClientData",
                new XAttribute("ObjectType", "Note"),
                new XElement(Excel + "MoveWithCells"),
                new XElement(Excel + "SizeWithCells"),
                new XElement(Excel + "Anchor", anchor),
                new XElement(Excel + "AutoFill", "False"),
                new XElement(Excel + "Row", StoredText.Of(row - 1)),
                new XElement(Excel + "Column", StoredText.Of(column - 1))
            )
        );
    }

    private static XElement Run(string text) =>
        new(Main + "r", new XElement(Main + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), StoredText.Stored(text)));

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
