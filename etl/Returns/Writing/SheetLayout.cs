using Innovation1551.Returns.Forms;

namespace Innovation1551.Returns.Writing;

/// <summary>What a line of a return is, so that a workbook can style it.</summary>
internal enum LineKind
{
    Title,
    Meta,
    Header,
    Data,
    Total,
    Footer,
}

/// <summary>One line of a return: its values by column. Strings, decimals, longs and dates; null is a blank cell.</summary>
internal readonly record struct Line(LineKind Kind, IReadOnlyList<object?> Cells);

/// <summary>Lays a return out as lines. Workbook and CSV write the same lines, so that they can never drift apart.</summary>
internal static class SheetLayout
{
    public const string SyntheticMark = "示例数据 synthetic";

    public static IEnumerable<Line> Lines(ReturnHeader header, ReturnSheet sheet)
    {
        yield return new(LineKind.Title, [Title(header, sheet.Form)]);
        yield return new(LineKind.Meta, Meta(header, sheet.Form));
        yield return new(LineKind.Header, [.. sheet.Columns.Select(f => HeadingOf(f, header))]);
        foreach (var row in sheet.Rows)
            yield return new(LineKind.Data, Data(header, sheet, row));
        if (sheet.Totals is { } totals)
            yield return new(LineKind.Total, Total(header, sheet, totals));
        if (header.Footer.Count > 0)
            yield return new(LineKind.Footer, [.. header.Footer]);
    }

    /// <summary>The edition that a year's return is laid out in.</summary>
    public static int EditionOf(Form form, int year) => form.Editions.Where(e => e <= year).DefaultIfEmpty(form.Editions[0]).Max();

    private static string Title(ReturnHeader header, Form form)
    {
        var title = $"{form.Name.Zh} {form.Name.En} [{form.Id}/{EditionOf(form, header.Year)}]";
        return header.Synthetic ? $"{title} {SyntheticMark}" : title;
    }

    private static List<object?> Meta(ReturnHeader header, Form form)
    {
        List<object?> cells =
        [
            $"填报单位：{header.ReporterCode} {header.ReporterName}",
            $"报告期：{header.Period}",
            $"填表日期：{header.Filled:yyyy-MM-dd}",
            $"修订版次：{header.Revision}",
        ];
        if (form.Fields.Any(f => f.Unit?.Dimension == Dimension.Money))
            cells.Add($"单位：{header.MoneyUnit.Name.Zh}");
        return cells;
    }

    private static string HeadingOf(Field field, ReturnHeader header)
    {
        var heading = field.Headings.Where(h => h.FromEdition <= header.Year).MaxBy(h => h.FromEdition)?.Zh ?? field.Label.Zh;
        if (!header.UnitsInHeadings || field.Unit is not { } unit)
            return heading;
        return $"{heading}（{(unit.Dimension == Dimension.Money ? header.MoneyUnit : unit).Name.Zh}）";
    }

    private static object?[] Data(ReturnHeader header, ReturnSheet sheet, IReadOnlyDictionary<string, object?> row)
    {
        var cells = new object?[sheet.Columns.Count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = InUnit(header, sheet.Columns[i], row.GetValueOrDefault(sheet.Columns[i].Name));
        return cells;
    }

    private static object?[] Total(ReturnHeader header, ReturnSheet sheet, IReadOnlyDictionary<string, decimal> totals)
    {
        var cells = new object?[sheet.Columns.Count];
        for (var i = 1; i < cells.Length; i++)
            cells[i] = totals.TryGetValue(sheet.Columns[i].Name, out var sum) ? InUnit(header, sheet.Columns[i], sum) : null;
        cells[0] = "合计";
        return cells;
    }

    private static object? InUnit(ReturnHeader header, Field field, object? value) =>
        value is decimal amount && field.Unit is { Dimension: Dimension.Money } unit ? amount * unit.To(header.MoneyUnit) : value;
}
