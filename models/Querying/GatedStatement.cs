using System.Text;

namespace Innovation1551.Models.Querying;

/// <summary>What a statement that may run gives.</summary>
public enum StatementKind
{
    /// <summary>A table, also by DESCRIBE, SUMMARIZE, SHOW, PIVOT.</summary>
    Rows,

    /// <summary>The plan of a query, lines of text.</summary>
    Plan,

    /// <summary>Nothing: a temporary table or view of this session comes or goes.</summary>
    Temporary,
}

/// <summary>A statement that has passed the gate.</summary>
/// <param name="Sql">What is run: the statement as it was written, or its judged body behind a head of our own.</param>
/// <param name="Body">Where in the statement the judged body begins.</param>
/// <param name="Lead">Lines of <paramref name="Sql"/> before the body.</param>
public sealed record GatedStatement(SqlStatement Origin, StatementKind Kind, string Sql, QueryReading Reading, int Body = 0, int Lead = 0)
{
    /// <summary>The refusal at a place in the statement.</summary>
    /// <param name="offset">Characters of the statement before it.</param>
    internal static QueryRefusedException Refusal(SqlStatement statement, int offset, Text problem)
    {
        var before = statement.Text.AsSpan(0, Math.Clamp(offset, 0, statement.Text.Length));
        var lines = before.Count('\n');
        return new(problem, statement.Line + lines, lines == 0 ? statement.Column + before.Length : before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>
    /// DuckDB's own words about a failure, with the place in the script that they point at: it shows the line and a caret below it, counted
    /// in columns of a screen.
    /// </summary>
    /// <param name="lines">Lines that were put before <see cref="Sql"/> when it ran.</param>
    internal QueryRefusedException Failure(string message, int lines)
    {
        var mark = message.LastIndexOf("\n\nLINE ", StringComparison.Ordinal);
        var words = (mark < 0 ? message : message[..mark]).Trim();
        var told = new Text($"查询未能执行：{words}", $"the query failed: {words}");
        if (mark < 0 || Place(message[(mark + 2)..], lines + Lead) is not { } offset)
            return Refusal(Origin, 0, told);
        return Refusal(Origin, Body + offset, told);
    }

    private int? Place(string shown, int before)
    {
        var parts = shown.Split('\n');
        var colon = parts[0].IndexOf(": ", StringComparison.Ordinal);
        if (parts.Length < 2 || colon < 0 || !int.TryParse(parts[0]["LINE ".Length..colon], out var line) || parts[1].IndexOf('^') is var caret && caret < 0)
            return null;
        var excerpt = parts[0][(colon + 2)..];
        var width = caret - (colon + 2);
        var body = Origin.Text[Body..].Split('\n');
        line -= before + 1;
        if (line < 0 || line >= body.Length)
            return null;
        var cut = excerpt.StartsWith("...", StringComparison.Ordinal);
        var plain = (cut ? excerpt[3..] : excerpt).TrimEnd('.', '\r');
        var start = body[line].IndexOf(plain, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var at = 0;
        width -= cut ? 3 : 0;
        foreach (var rune in plain.EnumerateRunes())
        {
            if (width <= 0)
                break;
            width -= ScreenText.Width(rune);
            at += rune.Utf16SequenceLength;
        }
        return body.Take(line).Sum(l => l.Length + 1) + start + at;
    }

    /// <summary>Characters of a text before a byte of its UTF-8.</summary>
    internal static int Characters(string text, int bytes) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(0, Math.Clamp(bytes, 0, Encoding.UTF8.GetByteCount(text)))).Length;
}
