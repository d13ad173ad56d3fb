using System.Globalization;
using System.Text;
using Innovation1551.Models;

namespace Innovation1551.Returns.Feedback;

/// <summary>The list of findings in one order of columns, for the list sheet and for CSV.</summary>
internal static class FindingsTable
{
    public static readonly string[] Headings =
    [
        "序号 No.",
        "规则 Rule",
        "程度 Severity",
        "工作表 Sheet name",
        "单元格 Cell",
        "指标 Item",
        "读到的值 Value read",
        "上年数 Last year",
        "问题 Problem",
        "处理 What to do",
        "Problem (English)",
        "What to do (English)",
    ];

    /// <summary>The column of the cell, which leads there (1-based).</summary>
    public const int PlaceColumn = 5;

    /// <summary>Widths of the columns in characters.</summary>
    public static readonly double[] Widths = [9, 10, 16, 26, 14, 28, 20, 18, 56, 56, 56, 56];

    public static string Severity(Severity severity) =>
        severity switch
        {
            Returns.Severity.Error => "错误 error",
            Returns.Severity.Warning => "需说明 explain",
            _ => "提示 note",
        };

    public static IEnumerable<string> Cells(FeedbackFinding item, int number)
    {
        var finding = item.Finding;
        string[] cells =
        [
            number.ToString(CultureInfo.InvariantCulture),
            finding.Code,
            Severity(finding.Severity),
            finding.Sheet ?? "",
            finding.Column is null
                ? finding.Row is { } row
                    ? $"第{row.ToString(CultureInfo.InvariantCulture)}行"
                    : ""
                : item.Cell ?? "",
            finding.Heading ?? "",
            finding.Read ?? "",
            item.LastYear ?? "",
            finding.Problem.Zh,
            finding.Remedy.Zh,
            finding.Problem.En,
            finding.Remedy.En,
        ];
        return cells.Select(ScreenText.Line);
    }

    /// <summary>CSV with a byte order mark: without one Excel takes UTF-8 for the local code page.</summary>
    public static byte[] Csv(FileFeedback feedback)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', Headings.Select(CsvText.Field)).Append("\r\n");
        for (var i = 0; i < feedback.Findings.Count; i++)
            text.AppendJoin(',', Cells(feedback.Findings[i], i + 1).Select(CsvText.Field)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
