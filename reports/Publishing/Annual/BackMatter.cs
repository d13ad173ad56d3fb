using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Figures;

namespace Innovation1551.Publishing.Annual;

/// <summary>What stands after the chapters, and the boxes inside them: how to cite and trace, what has changed in the report, terms that are easily confused.</summary>
internal sealed class BackMatter(PublishedRelease release, int year)
{
    /// <summary>What has changed from edition to edition, in readers' words.</summary>
    private static readonly (string Edition, Text Change)[] Log =
    [
        .. Seed.Parse("changelog.csv", ShippedFile.Text("changelog.csv")).Skip(1).Select(c => (c[0], new Text(c[1], c[2]))),
    ];

    /// <param name="changed">What changed since the edition before.</param>
    public IEnumerable<Block> Cite(Phrase changed)
    {
        var info = release.Info;
        yield return new Glossary([
            (
                Phrase.Empty.Say("引用", "Cite as"),
                Phrase
                    .Empty.Period(
                        $"《省属企业科技创新统计年度报告（{year}年）》",
                        $"Annual statistical report on science and technology of provincial state-owned enterprises, {year}"
                    )
                    .With(new Run(new Text($"，发布版本{info.Id}，截至{info.AsOf}。", $". Release {info.Id}, as of {info.AsOf}."), Bound.Words(Prose.Release)))
                    .Say(
                        info.IsSynthetic ? "本版为示例数据，不得作为统计数字引用。" : "",
                        info.IsSynthetic ? " The data of this release are constructed and are not to be cited as statistics." : ""
                    )
            ),
            Glossary.Entry(
                "数据文件",
                "Data",
                "每张图的数据在 charts 文件夹（CSV、Arrow，附说明文件）；全部表在本报告的工作簿；各文件的摘要在 manifest.json。",
                "The data of each chart are in the folder charts (CSV and Arrow, with a file that says what they are); all tables are in the report's workbook; the hash of every file stands in manifest.json."
            ),
            Glossary.Entry(
                "追溯一个数字",
                "Trace a number",
                "网页中每个数字带有其标识；用 innovation trace 可查到它所依据的单元格、报表与更正。",
                "Every number of the page carries its id; innovation trace leads from it to the cells, returns and corrections that it rests on."
            ),
            Glossary.Entry(
                "查询",
                "Query",
                "已发布的各表可用 innovation sql 查询；测算值在 published.forecast，历次所知之数在 published.vintage。",
                "The published tables can be queried by innovation sql; projections stand in published.forecast, and what was known when in published.vintage."
            ),
            Glossary.Entry(
                "下次发布",
                "Next release",
                "有新报表、重报或更正并入时；各版不改动，差异可用 innovation diff 查看。",
                "When new, replaced or corrected returns are taken in. A release is never changed; innovation diff tells what differs between two."
            ),
        ]);
        yield return new Aside(
            new Text("更改记录", "What has changed in this report"),
            [
                new Glossary([
                    (Phrase.Of(Text.Same(info.Id), Bound.Words(Prose.Release)), changed),
                    .. Log.Select(l => (Phrase.Empty.Period(l.Edition, l.Edition), Phrase.Of(l.Change))),
                ]),
            ]
        );
    }

    /// <summary>The box of a chapter; none for most.</summary>
    public static IEnumerable<Block> Box(string chapter) =>
        chapter switch
        {
            "spend" =>
            [
                Of(
                    new("专栏：百分点与增幅", "Box: percentage points and growth"),
                    "强度是百分数。两年强度之差以百分点计；两年强度之比减一是相对增幅，以百分数计。两者不可混用：强度由百分之二升到百分之二点二，是提高零点二个百分点，相对增幅为百分之十。目标所说的年均增幅是后者。",
                    "Intensity is a percentage. The difference of two years is told in percentage points; their ratio less one is a relative growth, in per cent. From two per cent to two point two per cent is a rise of nought point two percentage points and a relative growth of ten per cent. The yearly growth that the target asks for is the latter."
                ),
                Of(
                    new("专栏：研发支出的四种口径", "Box: four bases of R&D spend"),
                    "甲，财务口径的研发费用（国资决算）；乙，研究开发费用合计（统计报表，八项科目相加）；丙，研发经费内部支出（统计口径，含资本性支出，不含委外）；丁，加计扣除的研发费用基数（税务口径）。概念与范围不同，不可相加，也不可互相换算。本报告的强度用乙，分活动类型与资金来源用丙。",
                    "First, R&D cost in the financial accounts; second, R&D expense of the statistical return, the sum of eight cost items; third, intramural R&D expenditure, with capital and without what is bought outside; fourth, the base of the tax allowance. They differ in concept and scope, are never added, and none can be made from another. Intensity in this report is of the second; type of R&D and source of funds are of the third."
                ),
            ],
            "monthly" =>
            [
                Of(
                    new("专栏：月度累计数不是年度数", "Box: a year to date is no annual figure"),
                    "月报只向部分单位收取，为快报，口径与年报不尽相同；累计数不与往年全年比较，也不进入年度走势图。年报到后以年报为准。",
                    "Monthly returns are asked of a part of the enterprises, are flash figures, and are not on quite the basis of the annual return. A year to date is compared with no whole year and stands in no annual chart; the annual return takes its place."
                ),
            ],
            _ => [],
        };

    private static Aside Of(Text title, string zh, string en) => new(title, [new Paragraph(Phrase.Empty.Say(zh, en))]);
}
