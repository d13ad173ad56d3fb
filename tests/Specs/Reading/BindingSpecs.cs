using System.Text;
using Innovation1551.Returns;
using Innovation1551.Returns.Binding;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.Models;
using Xunit;

namespace Innovation1551.Specs.Reading;

/// <summary>What binding makes of tables that are no form, or whose total stands first.</summary>
public sealed class BindingSpecs : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private BoundFile Bind(string text)
    {
        var path = _folder.Write("t.csv", Encoding.UTF8.GetBytes(text));
        return new Binder(new CodeLists(WarehouseSketch.Definitions), new ReadOptions()).Bind(new Receipt(1, "", "t.csv", 1, DateTimeOffset.UnixEpoch), path);
    }

    [Fact]
    public void A_table_with_a_few_known_headings_is_no_form()
    {
        var file = Bind("单位代码,单位名称,颜色,尺寸,重量\n1,甲,红,2,3\n");
        Assert.Empty(file.Sheets);
        Assert.Contains(file.Findings, f => f.Severity != Severity.Note);
    }

    [Theory]
    [InlineData("300", 0)]
    [InlineData("310", 1)]
    public void A_total_above_its_rows_is_held_against_them(string total, int findings)
    {
        var headings = Innovation1551.Returns.Forms.FinanceForm.Form.Fields;
        string Row(params (string Name, string Value)[] cells) => string.Join(',', headings.Select(h => cells.FirstOrDefault(c => c.Name == h.Name).Value));
        var file = Bind(string.Join('\n', string.Join(',', headings.Select(h => h.Label.Zh)),
            Row(("enterprise_code", "合计"), ("revenue_wan", total)),
            Row(("enterprise_code", "11"), ("enterprise_name", "甲"), ("period", "2024年"), ("revenue_wan", "100")),
            Row(("enterprise_code", "12"), ("enterprise_name", "乙"), ("period", "2024年"), ("revenue_wan", "200"))) + "\n");
        Assert.Equal(2, Assert.Single(file.Sheets).RowsIn);
        Assert.Equal(findings, file.Findings.Count(f => f.Read == total));
    }
}
