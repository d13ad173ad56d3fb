using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Tables;

/// <summary>Tells detail rows from totals, notes, signatures, blank template rows and repeated headers.</summary>
internal sealed class RowClassifier(IReadOnlyList<HeaderCell> header, Func<string, bool> isHeading)
{
    private const int LongestTotalLabel = 20;
    private static readonly string[] NoteStarts =
    [
        "注:",
        "注1",
        "注2",
        "注3",
        "注、",
        "备注:",
        "说明:",
        "填表说明",
        "填报说明",
        "资料来源",
        "数据来源",
        "Note:",
        "Notes:",
        "Source:",
    ];
    private static readonly string[] SignatureNames =
    [
        "单位负责人",
        "统计负责人",
        "企业负责人",
        "填表人",
        "填报人",
        "制表人",
        "制表",
        "审核人",
        "复核人",
        "联系电话",
        "联系人",
        "报出日期",
        "填表日期",
        "填报日期",
        "负责人",
        "审核",
        "(盖章)",
        "单位(盖章)",
    ];

    private readonly HashSet<int> _columns = [.. header.Select(h => h.Column)];
    private readonly HashSet<int> _serialColumns = [.. header.Where(h => h.Text is "序号" or "行次" or "行号" or "No." or "NO.").Select(h => h.Column)];
    private readonly Dictionary<int, string> _texts = header.ToDictionary(h => h.Column, h => h.Text);
    private readonly HashSet<string> _allTexts = [.. header.Select(h => h.Text)];
    private bool _first = true;
    private bool _other;

    public TableRowKind Kind(Row row)
    {
        var first = _first;
        _first = false;
        int filled = 0,
            serial = 0,
            repeated = 0,
            headings = 0;
        string? label = null,
            second = null;
        foreach (var cell in row.Cells)
        {
            if (cell.Kind == CellKind.Blank)
                continue;
            if (cell.Kind != CellKind.Text)
            {
                filled++;
                if (_serialColumns.Contains(cell.Column))
                    serial++;
                continue;
            }
            var clean = HeadingText.Clean(cell.Text);
            if (clean.Length == 0)
                continue;
            filled++;
            if (_serialColumns.Contains(cell.Column))
                serial++;
            if (label is null)
                label = clean;
            else
                second ??= clean;
            if (_texts.TryGetValue(cell.Column, out var heading) && heading == clean)
                repeated++;
            else if (!_allTexts.Contains(clean) && isHeading(clean) || _allTexts.Contains(clean))
                headings++;
        }
        if (filled == 0)
            return TableRowKind.Blank;
        // A note or a signature may stand in the column of the serial numbers.
        if (label is not null && IsNote(label, filled))
            return TableRowKind.Note;
        if (filled == serial && (label is null || label.Length <= 4))
            return first && NumbersColumns(row) ? TableRowKind.Header : TableRowKind.Blank;
        if (first && NumbersColumns(row))
            return TableRowKind.Header;
        if (repeated > 1 && repeated * 2 > filled)
        {
            _other = false;
            return TableRowKind.Header;
        }
        if (headings > 1 && headings * 2 > filled)
            _other = true;
        if (_other)
            return TableRowKind.OtherTable;
        if (label is null)
            return TableRowKind.Detail;
        var total = TotalKind(label);
        // The label may stand beside a serial number or a code.
        if (total is null && second is not null && label.Length <= 4)
            total = TotalKind(second);
        return total ?? TableRowKind.Detail;
    }

    private bool IsNote(string label, int filled)
    {
        foreach (var start in NoteStarts)
            if (label.StartsWith(start, StringComparison.Ordinal))
                return true;
        if (label is "注" or "备注" && filled <= 2)
            return true;
        foreach (var name in SignatureNames)
            if (label.StartsWith(name, StringComparison.Ordinal) && (label.Length == name.Length || label[name.Length] is ':' or '(' || filled <= 2))
                return true;
        return false;
    }

    /// <summary>Total for 合计 and its like, subtotal for 小计 and 其中, null for anything else.</summary>
    public static TableRowKind? TotalKind(string label)
    {
        var text = label.TrimEnd(':');
        if (text is "合计" or "总计" or "共计" or "总合计" or "累计" or "合計" or "総合計" or "总 计" or "Total" or "TOTAL")
            return TableRowKind.Total;
        if (text.StartsWith("其中", StringComparison.Ordinal))
            return TableRowKind.Subtotal;
        if (text.Length > LongestTotalLabel)
            return null;
        if (
            text.EndsWith("小计", StringComparison.Ordinal)
            || text.EndsWith("小計", StringComparison.Ordinal)
            || text.EndsWith("合计", StringComparison.Ordinal)
        )
            return TableRowKind.Subtotal;
        return null;
    }

    /// <summary>The line of a form that numbers its columns: 甲 乙 1 2 3.</summary>
    internal static bool NumbersColumns(Row row)
    {
        if (row.Cells.Count < 2)
            return false;
        int expected = 0,
            counted = 0;
        foreach (var cell in row.Cells)
        {
            var text = HeadingText.Clean(cell.Text).Trim('(', ')', '[', ']');
            if (cell.Kind == CellKind.Text && text is "甲" or "乙" or "丙" or "丁" or "戊" or "—" or "-" or "A" or "B" or "C" or "D")
                continue;
            if (!int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number))
                return false;
            if (counted++ == 0 ? number is not (0 or 1) : number != expected)
                return false;
            expected = number + 1;
        }
        return counted >= 2 || counted == 1 && row.Cells.Count > 2;
    }
}
