using System.Text.RegularExpressions;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// Workbooks of a national survey, bound by forms of their own: nothing is lost, and the industries add up to their groups and to
/// manufacturing wherever no part is withheld. (Totals above that level withhold parts in every year.)
/// </summary>
public sealed partial class MetiSpecs(ITestOutputHelper output)
{
    private static readonly Binder Binder = new(
        new CodeLists(WarehouseSketch.Definitions),
        new ReadOptions(),
        new FormIndex([MetiForms.Research, MetiForms.Property])
    );

    public static TheoryData<string, int> Workbooks =>
        new()
        {
            // Rows are counted in the files themselves.
            { "raw_t10_2010.xls", 164 },
            { "raw_t10_2019.xls", 164 },
            { "raw_t10_2021.xls", 164 },
            { "raw_t10_2022.xls", 165 },
            { "raw_t10_2023.xls", 166 },
            { "raw_t11_2010.xls", 159 },
            { "raw_t11_2019.xls", 162 },
            { "raw_t11_2021.xls", 161 },
            { "raw_t11_2022.xls", 165 },
            { "raw_t11_2023.xls", 165 },
        };

    [Theory, MemberData(nameof(Workbooks))]
    public void Industries_add_up(string name, int rows)
    {
        var path = Corpora.Path("data", "meti", name);
        var file = Binder.Bind(new Receipt(1, "", name, new FileInfo(path).Length, DateTimeOffset.UnixEpoch), path);
        output.WriteLine(
            string.Join(
                "\n",
                file.Findings.Where(f => f.Severity != Severity.Note).Take(12).Select(f => $"{f.Code} {f.Row} {f.Column} {f.Problem.En} [{f.Read}] {f.Heading}")
            )
        );
        var sheet = Assert.Single(file.Sheets);
        Assert.DoesNotContain(file.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(sheet.Form.Fields.Length - (sheet.Columns.Any(c => c.Field.Name == "industry_code") ? 0 : 3), sheet.Columns.Length);
        Assert.Empty(sheet.Rejected);
        Assert.Equal((rows, rows), (sheet.RowsIn, sheet.Rows.Count));

        using var document = ReturnReader.Open(path);
        var cells = document
            .Sheets()
            .First()
            .Rows()
            .SelectMany(r => r.Cells.Select(c => (r.Number, c.Column, c.Text)))
            .ToDictionary(c => (c.Number, c.Column), c => c.Text);
        var groups = sheet.Rows.Select(r => (Code: CodeOf(sheet.Form, r), Row: r)).Where(r => r.Code.Length > 0).ToList();
        var manufacturing = groups.Single(g => g.Code == "E").Row;
        var withheld = sheet.Missing.Where(m => m.Why == Innovation1551.Returns.Values.Missing.NotReported).Select(m => (m.SourceRow, m.Field)).ToHashSet();
        var held = Sums(
            manufacturing,
            groups
                .Where(g => GroupCode().IsMatch(g.Code) && string.CompareOrdinal(g.Code, "090") >= 0 && string.CompareOrdinal(g.Code, "320") <= 0)
                .Select(g => g.Row)
                .ToList()
        );
        Assert.True(held > 0, "manufacturing was not compared");
        foreach (var (code, row) in groups.Where(g => GroupCode().IsMatch(g.Code) && g.Code != "000"))
        {
            var parts = groups
                .Where(g => g.Code.Length == 3 && g.Code != code && g.Code.StartsWith(code[..2], StringComparison.Ordinal))
                .Select(g => g.Row)
                .ToList();
            if (parts.Count > 0)
                held += Sums(row, parts);
        }
        output.WriteLine($"{name}: {sheet.Rows.Count} rows, {held} sums hold");
        Assert.True(held > 170, $"{held} sums");

        int Sums(BoundRow total, List<BoundRow> parts)
        {
            var compared = 0;
            for (var i = 0; i < sheet.Form.Fields.Length; i++)
            {
                var field = sheet.Form.Fields[i];
                if (field.Type is not (FieldType.Amount or FieldType.Count) || parts.Append(total).Any(r => Withheld(r, field)))
                    continue;
                Assert.True(Number(total.Values[i]) == parts.Sum(p => Number(p.Values[i])), $"{field.Name} in row {total.SourceRow}");
                compared++;
            }
            return compared;
        }

        // *** stands both for nothing and for a figure withheld in its wake; an X in the sum makes it incomparable, a *** does not.
        bool Withheld(BoundRow row, Field field) => withheld.Contains((row.SourceRow, field.Name)) && Printed(row, field) is "X" or "x";
        string Printed(BoundRow row, Field field) => cells[(row.SourceRow, sheet.Columns.First(c => c.Field == field).Column)];
    }

    private static decimal Number(object? value) =>
        value switch
        {
            decimal d => d,
            long l => l,
            _ => 0,
        };

    private static string CodeOf(Form form, BoundRow row)
    {
        var code = row.Values[form.Fields.IndexOf(form["industry_code"])] as string;
        var name = row.Values[form.Fields.IndexOf(form["industry"])] as string ?? "";
        if (code is not null)
            return code;
        return name == "製造業" ? "E"
            : Coded().Match(name) is { Success: true } match ? match.Groups[1].Value
            : "";
    }

    [GeneratedRegex(@"^(\d{3})\s")]
    private static partial Regex Coded();

    [GeneratedRegex(@"^\d\d0$")]
    private static partial Regex GroupCode();
}
