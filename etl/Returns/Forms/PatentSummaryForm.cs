using System.Collections.Immutable;
using Innovation1551.Models;
using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// The year's patents in numbers, by type, of which the enterprise is first owner: in force at the beginning, filed, granted,
/// ended, taken over and given away, in force at the end. A declaration against which the list of events is held.
/// </summary>
public static class PatentSummaryForm
{
    public static readonly ImmutableArray<(string Name, Text Label)> Measures =
    [
        ("opening", new("期初有效", "in force at the beginning")),
        ("filed", new("本期申请", "filed")),
        ("granted", new("本期授权", "granted")),
        ("lapsed", new("本期失效", "ended")),
        ("transferred_in", new("本期受让", "taken over")),
        ("transferred_out", new("本期转出", "given away")),
        ("closing", new("期末有效", "in force at the end")),
    ];

    public static readonly ImmutableArray<(string Name, Text Label)> Types =
    [
        ("invention", new("发明", "inventions")),
        ("utility", new("实用新型", "utility models")),
        ("design", new("外观设计", "designs")),
    ];

    public static readonly Form Form = new(
        "patent_summary",
        new("专利汇总", "Patents in numbers"),
        new("一行为一个单位的一个报告期", "one row per enterprise and period"),
        FormKind.State,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            .. from m in Measures
            from t in Types.Prepend(("total", new Text("合计", "total")))
            select Count(
                $"{m.Name}_{t.Item1}_count",
                $"{m.Label.Zh}专利{(t.Item1 == "total" ? "合计" : "：" + t.Item2.Zh)}",
                $"Patents {m.Label.En}: {t.Item2.En}",
                Unit.Item
            ),
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
    };
}
