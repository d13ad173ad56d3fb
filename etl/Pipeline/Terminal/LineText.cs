using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>The text that somebody types, perhaps over several lines, and the place of the cursor in it. It knows no terminal.</summary>
internal sealed class LineText
{
    public string Text { get; private set; } = "";

    /// <summary>Characters before the cursor.</summary>
    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string text) => Replace(Cursor, Cursor, text);

    public void Replace(int from, int to, string text) => (Text, Cursor) = (Text[..from] + text + Text[to..], from + text.Length);

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    public void Home() => Cursor = Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    public void End() => Cursor = Text.IndexOf('\n', Cursor) is >= 0 and var end ? end : Text.Length;

    public void Backspace() => Replace(Before(Cursor), Cursor, "");

    public void Delete()
    {
        var at = Cursor;
        Replace(at, After(at), "");
    }

    public void WordLeft()
    {
        while (Cursor > 0 && !char.IsLetterOrDigit(Text[Cursor - 1]))
            Left();
        while (Cursor > 0 && char.IsLetterOrDigit(Text[Cursor - 1]))
            Left();
    }

    public void WordRight()
    {
        while (Cursor < Text.Length && !char.IsLetterOrDigit(Text[Cursor]))
            Right();
        while (Cursor < Text.Length && char.IsLetterOrDigit(Text[Cursor]))
            Right();
    }

    public void KillWord()
    {
        var to = Cursor;
        WordLeft();
        Replace(Cursor, to, "");
    }

    public void KillToHome()
    {
        var to = Cursor;
        Home();
        Replace(Cursor, to, "");
    }

    public void KillToEnd()
    {
        var from = Cursor;
        End();
        Replace(from, Cursor, "");
    }

    /// <summary>Moves to the line above or below, as far to the right as on this one; false where there is none.</summary>
    public bool Line(int by)
    {
        var lines = Text.Split('\n');
        var line = Text.AsSpan(0, Cursor).Count('\n');
        var target = line + by;
        if (target < 0 || target >= lines.Length)
            return false;
        var column = Cursor - (Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1);
        Cursor = lines.Take(target).Sum(l => l.Length + 1) + Math.Min(column, lines[target].Length);
        return true;
    }

    /// <summary>
    /// The rows of a screen on which the text stands behind its prompts, and where the cursor is on them. A character that does not fit
    /// goes to the next row whole.
    /// </summary>
    public (List<string> Rows, int Row, int Column) Layout(string prompt, string further, int width)
    {
        var (rows, row, column) = (new List<string> { prompt }, 0, 0);
        var at = ScreenText.Width(prompt);
        for (var i = 0; i <= Text.Length; )
        {
            if (i == Cursor)
                (row, column) = (rows.Count - 1, at);
            if (i == Text.Length)
                break;
            var next = After(i);
            var shown = Text[i..next];
            if (shown == "\n")
            {
                rows.Add(further);
                at = ScreenText.Width(further);
            }
            else
            {
                shown = ScreenText.Line(shown);
                var wide = ScreenText.Width(shown);
                if (at + wide > width)
                {
                    rows.Add("");
                    at = 0;
                    if (i == Cursor)
                        (row, column) = (rows.Count - 1, 0);
                }
                rows[^1] += shown;
                at += wide;
            }
            i = next;
        }
        // A cursor behind the last column stands on the next row.
        if (column >= width)
        {
            if (row + 1 == rows.Count)
                rows.Add("");
            (row, column) = (row + 1, 0);
        }
        return (rows, row, column);
    }

    private int After(int at) => at >= Text.Length ? Text.Length : at + StringInfo.GetNextTextElementLength(Text, at);

    private int Before(int at)
    {
        if (at == 0)
            return 0;
        // Elements are found forwards only: from the beginning of the line.
        var from = at - 1 == 0 ? 0 : Text.LastIndexOf('\n', at - 2 < 0 ? 0 : at - 2) + 1;
        if (from >= at)
            return at - 1;
        while (from + StringInfo.GetNextTextElementLength(Text, from) is var next && next < at)
            from = next;
        return from;
    }
}
