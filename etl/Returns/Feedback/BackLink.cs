using System.Xml.Linq;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>
/// Makes the title of a template lead back to the list of findings. The faulty cells themselves carry no link: a click that is meant to mend one
/// would go away from it; their comments name the line of the list instead.
/// </summary>
internal static class BackLink
{
    private const string Title = "A1";

    public static void Add(Package package, string sheetPart, string list)
    {
        if (XmlSplice.Of(package.Get(sheetPart)!) is not { } sheet || sheet.RootNamespace != Package.Main)
            return;
        var link = new XElement(
            XName.Get("hyperlink", Package.Main),
            new XAttribute("ref", Title),
            new XAttribute("location", $"{SheetNames.Quoted(list)}!A1"),
            new XAttribute("tooltip", "回到审核意见 Back to the list of findings")
        );
        var changed = sheet.Has("hyperlinks")
            ? sheet.Child(
                "hyperlinks",
                links =>
                {
                    if (links.Elements().All(l => (string?)l.Attribute("ref") != Title))
                        links.AddFirst(link);
                }
            )
            : sheet.BeforeChild(
                SheetOrder.Behind("hyperlinks"),
                $"""<hyperlinks xmlns="{Package.Main}">{link.ToString(SaveOptions.DisableFormatting)}</hyperlinks>"""
            );
        if (changed is not null)
            package.Set(sheetPart, changed.Bytes);
    }
}
