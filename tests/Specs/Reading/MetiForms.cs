using System.Collections.Immutable;
using Innovation1551.Returns.Forms;

namespace Innovation1551.Specs.Reading;

/// <summary>
/// Tables 10 (research and development) and 11 (industrial property) of METI's Basic Survey of Japanese Business Structure and Activities,
/// as forms: the surveys up to 2019 stack merged headings over unlabelled rows, those from 2021 have numbered heading lines and a line of units.
/// </summary>
internal static class MetiForms
{
    private static readonly Unit MillionYen = new("million_yen", Dimension.Money, 1m, new("百万円", "million yen"));

    public static readonly Form Research = new(
        "meti_research",
        new("研究開発", "R&D by industry"),
        new("一行为一个产业", "one row per industry and year"),
        FormKind.State,
        [
            .. Industry,
            Firms("rd_firms", "研究開発企業数", "企業数"),
            Yen("sales", "研究開発売上高"),
            Yen("rd_total", "研究開発研究開発費計"),
            Yen("rd_own", "研究開発研究開発費自社研究開発費"),
            Yen("rd_contracted", "研究開発研究開発費委託研究開発費"),
            Yen(
                "rd_contracted_home",
                "研究開発研究開発費委託研究開発費うち、関係会社への委託国内",
                "研究開発研究開発費うち、関係会社への委託国内",
                "研究開発うち、関係会社への委託国内"
            ),
            Yen(
                "rd_contracted_abroad",
                "研究開発研究開発費委託研究開発費うち、関係会社への委託海外",
                "研究開発研究開発費うち、関係会社への委託海外",
                "研究開発うち、関係会社への委託海外"
            ),
            new("rd_share_percent", FieldType.Percent, new("研究開発売上高研究開発費比率", "R&D as a share of sales"))
            {
                Unit = Unit.Percent,
                Synonyms = ["研究開発売上高研究開発費比率%"],
            },
            Yen("commissioned", "研究開発受託研究費"),
            Yen("commissioned_home", "研究開発受託研究費うち、関係会社からの受託国内", "研究開発うち、関係会社からの受託国内"),
            Yen("commissioned_abroad", "研究開発受託研究費うち、関係会社からの受託海外", "研究開発うち、関係会社からの受託海外"),
            Firms("investing_firms", "研究開発投資企業数"),
            Yen("investment", "研究開発投資当期取得額"),
            Firms("training_firms", "能力開発企業数"),
            Yen("training", "能力開発能力開発費"),
        ]
    )
    {
        TotalsAreRows = true,
    };

    public static readonly Form Property = new(
        "meti_property",
        new("特許権等", "Industrial property by industry"),
        new("一行为一个产业", "one row per industry and year"),
        FormKind.State,
        [.. Industry, .. Rights("patent", "特許権"), .. Rights("utility", "実用新案権"), .. Rights("design", "意匠権")]
    )
    {
        TotalsAreRows = true,
    };

    private static ImmutableArray<Field> Industry =>
        [
            new("industry_code", FieldType.Text, new("産業分類コード", "Industry code")),
            new("industry", FieldType.Text, new("産業分類名称", "Industry")) { LabelsRows = true },
            new("time_code", FieldType.Text, new("時間軸コード", "Time code")),
            new("year", FieldType.Text, new("年度", "Year")),
        ];

    private static IEnumerable<Field> Rights(string name, string right) =>
        [
            Firms(name + "_firms", right + "企業数"),
            Count(name + "_owned", right + "件数所有数"),
            Count(name + "_used", right + "件数使用のもの(含供与)件", right + "使用のもの(含供与)件", right + "件数所有数使用のもの(含供与)"),
            Count(
                name + "_used_own",
                right + "件数使用のもの(含供与)うち、自社開発",
                right + "件数使用のもの(含供与)うち自社開発",
                right + "件数所有数使用のもの(含供与)うち、自社開発",
                right + "使用のもの(含供与)うち、自社開発",
                right + "使用のもの(含供与)うち自社開発",
                right + "うち、自社開発",
                right + "うち自社開発"
            ),
        ];

    /// <summary>A heading alone, and with the unit of its own line below.</summary>
    private static Field Field(string name, FieldType type, Unit unit, string suffix, string[] headings) =>
        new(name, type, new(headings[0], name))
        {
            Unit = unit,
            Synonyms = [.. headings.Skip(1), .. headings.Where(h => !h.EndsWith(suffix, StringComparison.Ordinal)).Select(h => h + suffix)],
        };

    private static Field Firms(string name, params string[] headings) => Field(name, FieldType.Count, Unit.Item, "社", headings);

    private static Field Count(string name, params string[] headings) => Field(name, FieldType.Count, Unit.Item, "件", headings);

    private static Field Yen(string name, params string[] headings) => Field(name, FieldType.Amount, MillionYen, "百万円", headings);
}
