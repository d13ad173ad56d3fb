using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>The form that a table which is none comes nearest to.</summary>
/// <param name="Missing">Headings without which the table cannot be read as that form.</param>
internal sealed record NearestForm(Form Form, double Known, IReadOnlyList<Field> Missing)
{
    /// <summary>Wordings as similar as this are taken for the same heading written otherwise.</summary>
    private const double Similar = 0.6;
    private const int LongestHeading = 60,
        MostHeadings = 200;

    /// <summary>The form of whose headings the row among the first ones that has most of any form has the most; null where no heading resembles one.</summary>
    public static NearestForm? Of(IEnumerable<Row> rows, IEnumerable<HeadingIndex> forms)
    {
        var headings = rows.Select(r =>
                r.Cells.Where(c => c.Kind == CellKind.Text && c.Text.Length <= LongestHeading)
                    .Take(MostHeadings)
                    .SelectMany(c => (string[])[HeadingText.Clean(c.Text), HeadingText.SplitBracket(HeadingText.Clean(c.Text)).Item1])
                    .Distinct()
                    .ToList()
            )
            .Where(h => h.Count > 0)
            .ToList();
        return forms
            .SelectMany(index => headings.Select(h => Of(index, h)))
            .Where(n => n.Known > 0)
            .OrderByDescending(n => n.Known)
            .ThenBy(n => n.Missing.Count)
            .FirstOrDefault();
    }

    private static NearestForm Of(HeadingIndex index, List<string> headings)
    {
        var found = headings.Select(index.Find).OfType<Field>().ToHashSet();
        var others = headings.Where(h => index.Find(h) is null).ToList();
        var resembled = index.Form.Fields.Count(f =>
            !found.Contains(f) && others.Any(h => Likeness(h, f.Label.Zh) >= Similar || Likeness(h, f.Label.En) >= Similar)
        );
        return new(
            index.Form,
            found.Count + resembled / 2.0,
            [.. index.Form.Fields.Where(f => !found.Contains(f) && (f.Required || f.Type is FieldType.Amount or FieldType.Count))]
        );
    }

    /// <summary>Share of the pairs of neighbouring letters that two wordings have in common: 1 for the same.</summary>
    private static double Likeness(string a, string b)
    {
        var (left, right) = (Pairs(a), Pairs(b));
        return left.Count + right.Count == 0 ? 0 : 2.0 * left.Intersect(right).Count() / (left.Count + right.Count);
    }

    private static HashSet<string> Pairs(string text)
    {
        var plain = string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return [.. Enumerable.Range(0, Math.Max(0, plain.Length - 1)).Select(i => plain.Substring(i, 2))];
    }
}
