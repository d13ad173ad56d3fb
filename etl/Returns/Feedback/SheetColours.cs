using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Feedback;

/// <summary>
/// Colours faulty cells by a conditional format of our own, so that the cells keep their styles, and a mended copy loses the colour with
/// the format: red for errors, amber for what is to be explained.
/// </summary>
internal static partial class SheetColours
{
    /// <summary>Text in the formula of our formats, by which they are known again.</summary>
    private const string Mark = "审核意见";

    /// <summary>Background of errors and of warnings. Hardly anybody else has just these.</summary>
    private const string Red = "FFFF9A94",
        Amber = "FFFFDD76";

    /// <summary>Elements of the styles that stand behind the formats of conditions.</summary>
    private static readonly HashSet<string> BehindFormats = ["tableStyles", "colors", "extLst", "AlternateContent"];

    /// <summary>The numbers of our two formats among those of the workbook, added where they are not there yet; null where its styles cannot be added to.</summary>
    public static (int Error, int Warning)? Formats(Package package, string? stylesPart)
    {
        if (stylesPart is null || package.Get(stylesPart) is not { } bytes || XmlSplice.Of(bytes) is not { } styles || styles.RootNamespace != Package.Main)
            return null;
        if (!styles.Has("dxfs"))
        {
            if (styles.BeforeChild(BehindFormats, $"""<dxfs xmlns="{Package.Main}" count="2">{Format(Red)}{Format(Amber)}</dxfs>""") is not { } begun)
                return null;
            package.Set(stylesPart, begun.Bytes);
            return (0, 1);
        }
        (int, int)? numbers = null;
        var changed = styles.Child(
            "dxfs",
            formats =>
            {
                var at = formats.Elements().Select(f => f.ToString()).ToList();
                var (red, amber) = (
                    at.FindIndex(f => f.Contains(Red, StringComparison.Ordinal)),
                    at.FindIndex(f => f.Contains(Amber, StringComparison.Ordinal))
                );
                if (red < 0 || amber < 0)
                {
                    (red, amber) = (at.Count, at.Count + 1);
                    formats.Add(System.Xml.Linq.XElement.Parse(Format(Red)), System.Xml.Linq.XElement.Parse(Format(Amber)));
                    formats.SetAttributeValue("count", StoredText.Of(at.Count + 2));
                }
                numbers = (red, amber);
            }
        );
        if (numbers is not null)
            package.Set(stylesPart, changed.Bytes);
        return numbers;
    }

    /// <summary>Takes out our colours of an earlier answer and colours these cells; false where the sheet cannot be added to.</summary>
    public static bool Apply(
        Package package,
        string sheetPart,
        IReadOnlyCollection<string> errors,
        IReadOnlyCollection<string> warnings,
        (int Error, int Warning) formats
    )
    {
        if (XmlSplice.Of(package.Get(sheetPart)!) is not { } sheet || sheet.RootNamespace != Package.Main)
            return false;
        var cleared = sheet.EachChild("conditionalFormatting", text => text.Contains(Mark, StringComparison.Ordinal) ? "" : text);
        if (errors.Count + warnings.Count == 0)
        {
            if (cleared.Text.Length != sheet.Text.Length)
                package.Set(sheetPart, cleared.Bytes);
            return true;
        }
        // Below the respondent's own conditions: no two may have one number.
        var priority = Priority().Matches(cleared.Text).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        (IReadOnlyCollection<string> Cells, int Format)[] both = [(errors, formats.Error), (warnings, formats.Warning)];
        var added = string.Concat(both.Where(b => b.Cells.Count > 0).Select(b => Condition(b.Cells, b.Format, ++priority)));
        if (cleared.BeforeChild(SheetOrder.Behind("conditionalFormatting"), added) is not { } coloured)
            return false;
        package.Set(sheetPart, coloured.Bytes);
        return true;
    }

    private static string Condition(IEnumerable<string> cells, int format, int priority) =>
        $"""<conditionalFormatting xmlns="{Package.Main}" sqref="{string.Join(' ', cells)}"><cfRule type="expression" dxfId="{StoredText.Of(format)}" priority="{StoredText.Of(priority)}"><formula>LEN("{Mark}")&gt;0</formula></cfRule></conditionalFormatting>""";

    private static string Format(string colour) =>
        $"""<dxf xmlns="{Package.Main}"><fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor rgb="{colour}"/></patternFill></fill></dxf>""";

    [GeneratedRegex("priority=\"(\\d{1,9})\"")]
    private static partial Regex Priority();
}
