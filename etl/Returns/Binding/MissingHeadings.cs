using System.Text.RegularExpressions;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>
/// Rows of a return under no headings, or under none that is known: somebody deleted or overwrote the row of headings. They are told from sheets that
/// are no return by the codes of enterprises that they begin with, and by what the sheet says it is.
/// </summary>
internal static partial class MissingHeadings
{
    /// <summary>Cells that a row of data or of headings has at least.</summary>
    private const int Few = 3;

    /// <summary>The first row of data, and the form that the sheet says it is, if any; null where the sheet holds no rows of a return.</summary>
    public static (Row Row, Form? Form)? Of(Sheet sheet, IReadOnlyList<Row> rows)
    {
        var form =
            TemplateMark.FormOf(sheet) ?? Named(sheet.Name) ?? rows.SelectMany(r => r.Cells).Select(c => Named(c.Text)).FirstOrDefault(f => f is not null);
        for (var i = 0; i < rows.Count; i++)
        {
            if (!IsData(rows[i], form is not null))
                continue;
            // A sheet of its own kind, with headings of its own: a list, a calculation.
            if (form is null && rows.Take(i).Any(r => Filled(r).Count() >= Few && Filled(r).All(c => c.Kind == CellKind.Text)))
                return null;
            return (rows[i], form);
        }
        return null;
    }

    /// <summary>A row of data stands where headings are looked for: a code of an enterprise, or figures.</summary>
    public static bool IsData(Row row, bool isReturn) =>
        Filled(row).Count() >= Few
        && (Filled(row).Any(c => Code().IsMatch(c.Text.Trim())) || isReturn && Filled(row).Count(c => c.Kind is CellKind.Number or CellKind.Date) > 1);

    private static IEnumerable<Cell> Filled(Row row) => row.Cells.Where(c => c.Kind != CellKind.Blank && c.Text.Length > 0);

    /// <summary>The form of which a sheet's name or title speaks: its name, or the mark of its edition.</summary>
    private static Form? Named(string text)
    {
        var clean = HeadingText.Clean(text);
        return FormCatalogue.All.FirstOrDefault(f => clean == f.Name.Zh || clean.Contains($"[{f.Id}/", StringComparison.Ordinal));
    }

    /// <summary>The shape of a unified social credit code: its region is six digits.</summary>
    [GeneratedRegex("^[0-9A-Z]{2}[0-9]{6}[0-9A-Z]{10}$")]
    private static partial Regex Code();
}
