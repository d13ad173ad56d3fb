using System.Text;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Reading.Tables;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Reading;

public sealed class TableSpecs : IDisposable
{
    private static readonly HashSet<string> Headings = ["序号", "企业名称", "研发费用_人员", "研发费用_材料", "研发费用", "备注", "项目名称", "金额"];
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Sheet Open(string merges, params string[][] rows)
    {
        var data = XlsxBuilder.Rows([
            .. rows.Select(
                (r, y) =>
                    string.Concat(
                        r.Select(
                            (v, x) =>
                                v.Length == 0 ? ""
                                : decimal.TryParse(v, out _) ? $"<c r=\"{ReadingFindings.Letters(x + 1)}{y + 1}\"><v>{v}</v></c>"
                                : $"<c r=\"{ReadingFindings.Letters(x + 1)}{y + 1}\" t=\"inlineStr\"><is><t>{v}</t></is></c>"
                        )
                    )
            ),
        ]);
        return ReturnReader.Open(_folder.Write($"{Guid.NewGuid():N}.xlsx", new XlsxBuilder().Sheet("表", data + merges).Build())).Sheets().Single();
    }

    private static Table Find(Sheet sheet) => TableFinder.Find(sheet, Headings.Contains)!;

    [Fact]
    public void A_return_as_it_comes_is_taken_apart()
    {
        var table = Find(
            Open(
                "<mergeCells><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"B3:B4\"/><mergeCell ref=\"C3:D3\"/><mergeCell ref=\"E3:E4\"/></mergeCells>",
                ["2024年研发费用情况表"],
                ["填报单位：山西某某公司　　填表日期：2025-01-05", "", "", "单位：", "万元"],
                ["序号", "企业名称", "研发费用", "", "备注"],
                ["", "", "人员\n（万元）", "材料", ""],
                ["甲", "乙", "1", "2", "3"],
                ["1", "甲公司", "10", "20"],
                ["2", "乙公司", "30", "40"],
                ["", "其中：丙公司", "5", "6"],
                ["", "小计", "40", "60"],
                ["", "合 计", "40", "60"],
                ["3"],
                ["注：数据为初步数。"],
                ["单位负责人：张三", "", "填表人：李四", "", "联系电话：0351"]
            )
        );
        Assert.Equal("2024年研发费用情况表", table.Title);
        Assert.Equal(("山西某某公司", 2, 1), table.Preamble["填报单位"]);
        Assert.Equal("2025-01-05", table.Preamble["填表日期"].Value);
        Assert.Equal(("万元", 2, 5), table.Preamble["单位"]);
        Assert.Equal((3, 4), (table.HeaderFirstRow, table.HeaderLastRow));
        Assert.Equal(["序号", "企业名称", "研发费用_人员", "研发费用_材料", "备注"], table.Header.Select(h => h.Key));
        Assert.Equal("万元", table.Header[2].Unit);
        Assert.Equal(
            [
                TableRowKind.Header,
                TableRowKind.Detail,
                TableRowKind.Detail,
                TableRowKind.Subtotal,
                TableRowKind.Subtotal,
                TableRowKind.Total,
                TableRowKind.Blank,
                TableRowKind.Note,
                TableRowKind.Note,
            ],
            table.Rows.Select(r => r.Kind)
        );
    }

    [Fact]
    public void A_blank_row_inside_a_merged_heading_belongs_to_the_header_and_a_cell_merged_down_the_sheet_costs_nothing()
    {
        const string merges =
            "<mergeCells><mergeCell ref=\"A1:A4\"/><mergeCell ref=\"B1:B4\"/><mergeCell ref=\"C1:D1\"/><mergeCell ref=\"E1:E1048576\"/></mergeCells>";
        var table = Find(
            Open(
                merges,
                ["序号", "企业名称", "研发费用", "", "备注"],
                ["", "", "", "", ""],
                ["", "", "", "", ""],
                ["", "", "人员", "材料", ""],
                ["1", "甲公司", "10", "20", ""]
            )
        );
        Assert.Equal((1, 4), (table.HeaderFirstRow, table.HeaderLastRow));
        Assert.Equal(["序号", "企业名称", "研发费用_人员", "研发费用_材料", "备注"], table.Header.Select(h => h.Key));
        Assert.Equal([5], table.Rows.Where(r => r.Kind == TableRowKind.Detail).Select(r => r.Row.Number));

        var far = Find(
            Open(
                merges,
                [
                    ["序号", "企业名称", "研发费用", "", "备注"],
                    .. Enumerable.Repeat(new[] { "", "", "", "", "" }, 3000),
                    ["", "", "人员", "材料", ""],
                ]
            )
        );
        Assert.Equal((1, 1), (far.HeaderFirstRow, far.HeaderLastRow));
    }

    [Fact]
    public void A_header_repeated_at_a_page_break_is_no_row_and_another_table_is_told_apart()
    {
        var rows = new string[][]
        {
            ["企业名称", "研发费用"],
            ["甲", "1"],
            ["企业名称", "研发费用"],
            ["乙", "2"],
            ["项目名称", "金额", "备注"],
            ["丙", "3", "x"],
        };
        Assert.Equal(
            [TableRowKind.Detail, TableRowKind.Header, TableRowKind.Detail, TableRowKind.OtherTable, TableRowKind.OtherTable],
            Find(Open("", rows)).Rows.Select(r => r.Kind)
        );
        // The record below the header is one, although it is text.
        var all = TableFinder.FindAll(Open("", rows), Headings.Contains);
        Assert.Equal([2, 1], all.Select(t => t.Rows.Count(r => r.Kind == TableRowKind.Detail)));
        Assert.Equal("项目名称", all[1].Header[0].Key);
    }

    [Fact]
    public void Without_known_headings_there_is_no_table() => Assert.Null(TableFinder.Find(Open("", ["foo", "bar"], ["1", "2"]), Headings.Contains));

    [Fact]
    public void A_delimited_file_has_tables_too()
    {
        using var document = ReturnReader.Open(
            _folder.Write("t.csv", Encoding.UTF8.GetBytes("研发表,,\n单位：万元,,\n企业名称,研发费用（万元）,备注\n甲,1,\n合计,1,\n"))
        );
        var table = Find(document.Sheets().Single());
        Assert.Equal("万元", table.Preamble["单位"].Value);
        Assert.Equal(3, table.HeaderLastRow);
        Assert.Equal([TableRowKind.Detail, TableRowKind.Total], table.Rows.Select(r => r.Kind));
    }

    [Fact]
    public void The_stacked_headers_of_the_METI_workbooks_are_found()
    {
        using var document = ReturnReader.Open(Corpora.Path("data", "meti", "raw_t10_2010.xls"));
        var wanted = new HashSet<string>
        {
            "企業数",
            "研究開発_売上高",
            "研究開発_研究開発費_計",
            "研究開発投資_企業数",
            "研究開発投資_当期取得額",
            "能力開発_企業数",
            "研究開発_研究開発費_自社研究開発費",
        };
        var table = TableFinder.Find(document.Sheets().First(), wanted.Contains);
        Assert.NotNull(table);
        Assert.Equal(9, table.HeaderLastRow);
        Assert.True(table.Header.Count(h => h.Key is not null) >= 6, string.Join(" | ", table.Header.Select(h => h.Text)));
        Assert.Contains(table.Rows, r => r.Kind == TableRowKind.Total);
    }
}
