using Innovation1551.Returns.Writing;

namespace Innovation1551.Returns.Sample;

/// <summary>Spoils the sheets of a return in the way that a flaw asks for.</summary>
internal static class FlawMaker
{
    public static List<ReturnSheet> Spoil(List<ReturnSheet> sheets, FlawKind kind, string? form)
    {
        for (var i = 0; i < sheets.Count; i++)
            if (sheets[i].Form.Id == form)
                sheets[i] = Spoil(sheets[i], kind);
        return sheets;
    }

    private static ReturnSheet Spoil(ReturnSheet sheet, FlawKind kind) =>
        kind switch
        {
            FlawKind.MissingColumn => sheet with { Columns = [.. sheet.Columns.Where(c => c.Name != "enterprise_code")] },
            FlawKind.DoubledColumn => Doubled(sheet),
            FlawKind.TextInMoney => WithRow(sheet, 1, row => row["revenue_wan"] = "待核实"),
            FlawKind.UnknownEnterprise => WithRow(
                sheet,
                2,
                row =>
                {
                    row["enterprise_code"] = CreditCode.Of("1401", 99_999);
                    row["enterprise_name"] = "示例未登记实业有限公司";
                }
            ),
            FlawKind.PartsDoNotSum => WithRow(sheet, 0, row => row["expense_total_wan"] = (decimal)row["expense_total_wan"]! + 100m),
            FlawKind.TotalRowDiffers => sheet.WithTotals() is var summed
                ? summed with
                {
                    Totals = new Dictionary<string, decimal>(summed.Totals!) { ["revenue_wan"] = summed.Totals!["revenue_wan"] + 1000m },
                }
                : sheet,
            FlawKind.UnitSlip => WithRow(
                sheet,
                1,
                row =>
                {
                    foreach (var field in new[] { "revenue_wan", "operating_cost_wan", "profit_wan" })
                        row[field] = (decimal)row[field]! * 10_000m;
                }
            ),
            FlawKind.BadPatentNumber => WithRow(sheet, 0, row => row["application_no"] = WrongDigit((string)row["application_no"]!)),
            _ => sheet,
        };

    private static ReturnSheet WithRow(ReturnSheet sheet, int at, Action<Dictionary<string, object?>> change)
    {
        // A group of few enterprises may not have that row.
        if (at >= sheet.Rows.Count)
            return sheet;
        var row = new Dictionary<string, object?>(sheet.Rows[at]);
        change(row);
        return sheet with { Rows = [.. sheet.Rows.Take(at), row, .. sheet.Rows.Skip(at + 1)] };
    }

    /// <summary>A second column of the same heading, as a slip of copy and paste leaves it, with other figures.</summary>
    private static ReturnSheet Doubled(ReturnSheet sheet)
    {
        var field = sheet.Form["cost_personnel_wan"];
        var twin = field with { Name = "cost_personnel_again" };
        return sheet with
        {
            Columns = [.. sheet.Columns.Take(5), twin, .. sheet.Columns.Skip(5)],
            Rows = [.. sheet.Rows.Select(row => new Dictionary<string, object?>(row) { [twin.Name] = (decimal)row[field.Name]! + 1m })],
        };
    }

    private static string WrongDigit(string number) => $"{number[..^1]}{(number[^1] is '9' or 'X' ? '0' : (char)(number[^1] + 1))}";
}
