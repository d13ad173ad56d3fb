using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Tables;

/// <summary>Reads what stands above a header: 填报单位：某某公司　　单位：万元, in one cell or with the value in the next.</summary>
internal static class Preamble
{
    private const int LongestName = 20;

    /// <summary>Names that are recognised without a colon when a value stands in the next cell.</summary>
    private static readonly HashSet<string> BareNames =
    [
        "单位",
        "计量单位",
        "金额单位",
        "填报单位",
        "报送单位",
        "填报企业",
        "单位名称",
        "企业名称",
        "填表日期",
        "填报日期",
        "报出日期",
        "报告期",
        "报告年度",
        "年度",
        "年份",
        "报告年份",
        "统计年度",
        "所属期",
        "修订版次",
        "版次",
        "统一社会信用代码",
        "表号",
    ];

    public static (Dictionary<string, (string Value, int Row, int Column)> Pairs, string? Title) Read(IEnumerable<Row> rows)
    {
        var pairs = new Dictionary<string, (string, int, int)>(StringComparer.Ordinal);
        string? title = null;
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Cells.Count; i++)
            {
                var cell = row.Cells[i];
                if (cell.Kind != CellKind.Text)
                    continue;
                var found = false;
                foreach (var part in Parts(cell.Text))
                {
                    if (Name(part, out var name, out var value))
                    {
                        found = true;
                        if (value.Length > 0)
                            pairs.TryAdd(name, (value, row.Number, cell.Column));
                        else if (Next(row, i) is { } next)
                            pairs.TryAdd(name, (next.Text.Trim(), row.Number, next.Column));
                        else
                            pairs.TryAdd(name, ("", row.Number, cell.Column));
                    }
                }
                if (found)
                    continue;
                var clean = HeadingText.Clean(cell.Text);
                if (BareNames.Contains(clean) && Next(row, i) is { } beside)
                    pairs.TryAdd(clean, (beside.Text.Trim(), row.Number, beside.Column));
                else if (title is null && clean.Length > 0)
                    title = clean;
            }
        }
        return (pairs, title);
    }

    /// <summary>The next cell, unless it is itself the name of something.</summary>
    private static Cell? Next(Row row, int i)
    {
        if (i + 1 >= row.Cells.Count)
            return null;
        var next = row.Cells[i + 1];
        return next.Kind is CellKind.Blank || next.Kind == CellKind.Text && Name(next.Text.Trim(), out _, out _) ? null : next;
    }

    /// <summary>Cuts a cell into its pairs: at line breaks, wide gaps, and at a single blank before a further name with colon.</summary>
    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        var start = 0;
        var i = 0;
        while (i < text.Length)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            var gap = i;
            var wide = false;
            while (i < text.Length && char.IsWhiteSpace(text[i]))
                wide |= text[i++] is '\n' or '\r' or '\t' or '\u3000';
            wide |= i - gap > 1;
            // A wide gap right behind a colon leads to its value.
            if (gap > start && text[gap - 1] is ':' or '：')
                continue;
            if (!wide && !NameFollows(text, i))
                continue;
            if (gap > start)
                parts.Add(text[start..gap]);
            start = i;
        }
        if (start < text.Length)
            parts.Add(text[start..]);
        return parts;
    }

    private static bool NameFollows(string text, int from)
    {
        for (var i = from; i < text.Length && i - from <= LongestName; i++)
        {
            if (text[i] is ':' or '：')
                return i > from && !char.IsAsciiDigit(text[i - 1]);
            if (char.IsWhiteSpace(text[i]))
                return false;
        }
        return false;
    }

    private static bool Name(string part, out string name, out string value)
    {
        name = value = "";
        var colon = part.AsSpan().IndexOfAny(':', '：');
        if (colon <= 0)
            return false;
        name = HeadingText.Clean(part[..colon]);
        // 10:30 is a time and http: an address, no names.
        if (name.Length is 0 or > LongestName || char.IsAsciiDigit(name[^1]) || part.AsSpan(colon + 1).StartsWith("//"))
            return false;
        value = part[(colon + 1)..].Trim();
        return true;
    }
}
