using System.Collections.Immutable;

namespace Innovation1551.Returns.Sample;

/// <summary>How an industry fares in the invented economy.</summary>
/// <param name="Growth">Growth of revenue over the year before in permille, 2020 to 2026.</param>
/// <param name="Intensity">R&amp;D per revenue, relative to the others.</param>
/// <param name="Inventive">Patents per R&amp;D, relative to the others.</param>
/// <param name="Margin">Profit in permille of revenue.</param>
/// <param name="RevenuePerHead">In 10,000 yuan a year.</param>
internal sealed record IndustryProfile(
    string Code,
    ImmutableArray<int> Growth,
    int Intensity,
    int Inventive,
    int Margin,
    int RevenuePerHead,
    ImmutableArray<string> Words
)
{
    public int GrowthIn(int year) => Growth[Math.Clamp(year - 2020, 0, Growth.Length - 1)];

    public static IndustryProfile Of(string code) => ByCode[code];

    private static readonly ImmutableDictionary<string, IndustryProfile> ByCode = new IndustryProfile[]
    {
        new("B06", [-30, 190, 80, -110, -70, -25, 15], 90, 80, 85, 120, ["煤业", "矿业", "洗选"]),
        new("B07", [20, 90, 70, 60, 40, 50, 40], 110, 90, 70, 180, ["煤层气", "勘探"]),
        new("B09", [10, 120, 40, 20, 60, 70, 40], 100, 80, 50, 110, ["矿山"]),
        new("C13", [40, 50, 30, 40, 35, 40, 40], 70, 60, 25, 90, ["食品", "粮油"]),
        new("C15", [60, 150, 160, 130, 90, 20, 25], 40, 60, 260, 160, ["酒业"]),
        new("C25", [-20, 160, 30, -80, -90, -30, 10], 95, 90, 15, 170, ["焦化"]),
        new("C26", [-10, 170, 60, -60, -30, 10, 30], 130, 120, 20, 150, ["化工", "新材料"]),
        new("C31", [20, 120, -40, -30, -40, -10, 10], 150, 110, 20, 200, ["钢铁"]),
        new("C32", [30, 180, 50, 10, 70, 90, 50], 120, 90, 25, 260, ["铜业", "铝业"]),
        new("C34", [40, 70, 30, 50, 60, 60, 50], 260, 230, 45, 85, ["机械", "传动"]),
        new("C35", [50, 90, 40, 60, 80, 90, 70], 300, 260, 50, 90, ["装备制造", "矿山机械"]),
        new("C37", [30, 60, 50, 70, 90, 80, 60], 310, 240, 50, 95, ["轨道交通装备"]),
        new("C38", [60, 160, 190, 140, 120, 150, 110], 330, 250, 40, 110, ["新能源", "电气"]),
        new("D44", [10, 100, 110, 40, 30, 25, 30], 70, 110, 40, 190, ["电力", "热电"]),
        new("D45", [30, 120, 130, 60, 40, 30, 30], 45, 60, 30, 210, ["燃气"]),
        new("D46", [20, 40, 45, 40, 50, 45, 40], 60, 60, 30, 60, ["水务"]),
        new("E48", [70, 110, 90, 60, 20, -10, 10], 105, 110, 22, 170, ["路桥工程", "建设工程"]),
        new("G54", [-40, 90, -20, 110, 50, 40, 35], 35, 60, 90, 100, ["高速公路", "公路管理"]),
        new("G56", [-220, 60, -180, 320, 120, 80, 60], 20, 30, 10, 70, ["航空服务"]),
        new("G59", [20, 150, -160, 90, 40, 30, 30], 12, 20, 8, 420, ["仓储", "陆港物流"]),
        new("I65", [120, 190, 170, 150, 160, 180, 150], 480, 300, 70, 75, ["信息技术", "软件"]),
        new("M73", [90, 120, 130, 120, 130, 140, 120], 780, 420, 60, 65, ["技术研究院"]),
        new("N76", [20, 50, 40, 45, 50, 40, 40], 50, 60, 30, 60, ["水利"]),
        new("N77", [60, 110, 90, 80, 70, 80, 70], 140, 130, 40, 80, ["生态环境", "土壤修复"]),
        new("N78", [-180, 80, -90, 190, 80, 50, 40], 15, 20, 15, 45, ["景区管理"]),
    }.ToImmutableDictionary(p => p.Code);
}
