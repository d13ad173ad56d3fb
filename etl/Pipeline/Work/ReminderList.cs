using System.Globalization;
using System.Text;
using Innovation1551.Models;
using Innovation1551.Returns.Feedback;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Pipeline.Work;

/// <summary>Who is to be reminded of what, as a list to send: CSV, one workbook, or one workbook for each group.</summary>
/// <param name="synthetic">The register is constructed: every list says so.</param>
public sealed class ReminderList(IReadOnlyList<Reminder> reminders, DateOnly today, bool synthetic)
{
    private static readonly string[] Headings =
    [
        "集团 Group",
        "单位代码 Code",
        "单位名称 Enterprise",
        "报表 Form",
        "报告期 Period",
        "截止日期 Due",
        "状态 State",
        "逾期天数 Days overdue",
        "说明 Note",
        "联系 Contact",
    ];
    private static readonly double[] Widths = [26, 22, 30, 30, 11, 12, 16, 10, 30, 24];

    /// <summary>Writes to a folder (there already, or named with a separator at its end) a workbook for each group, to a name that ends in .xlsx one workbook, otherwise CSV.</summary>
    /// <returns>The files written.</returns>
    public IReadOnlyList<string> Write(string output)
    {
        if (Directory.Exists(output) || output.EndsWith('/') || output.EndsWith(Path.DirectorySeparatorChar))
        {
            Directory.CreateDirectory(output);
            return
            [
                .. reminders
                    .GroupBy(r => (r.GroupCode, r.GroupName))
                    .OrderBy(g => g.Key.GroupCode, StringComparer.Ordinal)
                    .Select(g => Workbook(Path.Combine(output, SafeFileName.Of($"催报-{g.Key.GroupName}-{g.Key.GroupCode}") + ".xlsx"), [.. g])),
            ];
        }
        if (output.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
            return [Workbook(output, reminders)];
        // With a byte order mark: without one Excel takes UTF-8 for the local code page.
        File.WriteAllText(output, CsvText.Table(Headings, Items(reminders)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        return [output];
    }

    private string Workbook(string path, IReadOnlyList<Reminder> about)
    {
        var day = Day(today);
        var mark = synthetic ? "（示例数据 synthetic）" : "";
        using var file = new FileStream(path, FileMode.Create);
        ListWorkbook.Write(
            file,
            "催报清单 Reminders",
            [
                new(
                    "催报清单 Reminders",
                    $"应报未报或未通过的报表，截至 {day} · Returns missing or refused as of {day}{mark}",
                    Headings,
                    Widths,
                    [.. Items(about)]
                ),
                new(
                    "按单位 By enterprise",
                    $"按单位汇总，截至 {day} · By enterprise, as of {day}{mark}",
                    [
                        "集团 Group",
                        "单位代码 Code",
                        "单位名称 Enterprise",
                        "逾期未报 Missing",
                        "未通过 Refused",
                        "未到期 Not yet due",
                        "最长逾期天数 Longest overdue (days)",
                        "逾期报表 Forms overdue",
                    ],
                    [26, 22, 30, 11, 11, 13, 16, 60],
                    [
                        .. about
                            .GroupBy(r => (r.GroupName, r.EnterpriseCode, r.EnterpriseName))
                            .OrderBy(g => g.Key.GroupName, StringComparer.Ordinal)
                            .ThenBy(g => g.Key.EnterpriseCode, StringComparer.Ordinal)
                            .Select(g =>
                                (IReadOnlyList<string>)
                                    [
                                        g.Key.GroupName,
                                        g.Key.EnterpriseCode,
                                        g.Key.EnterpriseName,
                                        Number(g.Count(r => r.State == "missing")),
                                        Number(g.Count(r => r.State == "refused")),
                                        Number(g.Count(r => r.State == "not_due")),
                                        Number(g.Max(Overdue)),
                                        string.Join("；", g.Where(r => r.State != "not_due").Select(r => $"{r.FormZh} {r.Period}")),
                                    ]
                            ),
                    ]
                ),
            ]
        );
        return path;
    }

    private IEnumerable<IReadOnlyList<string>> Items(IEnumerable<Reminder> about) =>
        about.Select(r =>
            (IReadOnlyList<string>)
                [
                    r.GroupName,
                    r.EnterpriseCode,
                    r.EnterpriseName,
                    $"{r.FormZh} {r.FormEn}",
                    r.Period,
                    Day(r.Due),
                    r.State switch
                    {
                        "refused" => "已报未通过 refused",
                        "missing" => "未报 missing",
                        _ => "未到期 not yet due",
                    },
                    Number(Overdue(r)),
                    $"{(r.IsExtended ? "已延期 extended" : "")}{(r.ExceptionReason is { } why ? $"（{why}）" : "")}",
                    r.Contact ?? "",
                ]
        );

    private int Overdue(Reminder r) => Math.Max(0, today.DayNumber - r.Due.DayNumber);

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
