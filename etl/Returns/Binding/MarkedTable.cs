using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading.Tables;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Binding;

/// <summary>The table of a sheet that carries the template's mark: its place and columns need not be guessed.</summary>
internal static class MarkedTable
{
    /// <summary>Null where the sheet ends before the header that the mark names, or data stands in its place.</summary>
    public static Table? Find(Sheet sheet, TemplateMark mark, HeadingIndex index, Func<string, bool> isHeading)
    {
        var rows = sheet.Rows().GetEnumerator();
        var above = new List<Row>();
        while (rows.MoveNext() && rows.Current.Number < mark.HeaderRow)
            above.Add(rows.Current);
        if (rows.Current is not { } heading || heading.Number != mark.HeaderRow || MissingHeadings.IsData(heading, isReturn: true))
        {
            rows.Dispose();
            return null;
        }
        var header = Header(heading, mark, index);
        var (pairs, title) = Preamble.Read(above);
        return new(sheet, pairs, header, mark.HeaderRow, Rest(rows, header, isHeading)) { Title = title, HeaderFirstRow = mark.HeaderRow };
    }

    /// <summary>A heading that says something else than the mark wins: it is what the respondent saw when filling in the column.</summary>
    private static List<HeaderCell> Header(Row row, TemplateMark mark, HeadingIndex index)
    {
        var header = new List<HeaderCell>();
        foreach (var column in mark.Fields.Keys.Concat(row.Cells.Where(c => HeadingText.Clean(c.Text).Length > 0).Select(c => c.Column)).Distinct().Order())
        {
            var text = HeadingText.Clean(row[column].Text);
            var (bare, unit) = HeadingText.SplitBracket(text);
            var known =
                index.Find(text) is not null ? text
                : index.Find(bare) is not null ? bare
                : null;
            header.Add(new(column, text, known ?? mark.Fields.GetValueOrDefault(column), unit));
        }
        return header;
    }

    private static IEnumerable<TableRow> Rest(IEnumerator<Row> rows, List<HeaderCell> header, Func<string, bool> isHeading)
    {
        using (rows)
        {
            var classifier = new RowClassifier(header, isHeading);
            while (rows.MoveNext())
                yield return new(rows.Current, classifier.Kind(rows.Current));
        }
    }
}
