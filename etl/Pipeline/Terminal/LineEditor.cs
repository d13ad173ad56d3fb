using System.Text;

namespace Innovation1551.Pipeline.Terminal;

/// <summary>What could stand at the cursor.</summary>
/// <param name="From">Where the word that is replaced begins.</param>
/// <param name="Words">The candidates.</param>
internal sealed record Completions(int From, IReadOnlyList<string> Words);

/// <summary>
/// A line, or several, typed and edited on a terminal. Enter ends it where <paramref name="isWhole"/> says that it is whole and begins a new
/// line elsewhere; up and down go through what was entered before.
/// </summary>
internal sealed class LineEditor(List<string> history, Func<string, bool> isWhole, Func<string, int, Completions> complete)
{
    private readonly LineText _line = new();
    private int _row;

    /// <returns>What was typed; empty where it was given up by Ctrl-C; null at the end of the input (Ctrl-D).</returns>
    public string? Read(string prompt, string further)
    {
        _line.Set("");
        _row = 0;
        var (place, draft) = (history.Count, "");
        Draw(prompt, further);
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                var key = Console.ReadKey(intercept: true);
                switch (key.Key, key.Modifiers.HasFlag(ConsoleModifiers.Control))
                {
                    case (ConsoleKey.Enter, _) when key.Modifiers == 0 && (isWhole(_line.Text) || _line.Text.Trim().Length == 0):
                        Leave(prompt, further);
                        return _line.Text;
                    case (ConsoleKey.Enter, _):
                        _line.Insert("\n");
                        break;
                    case (ConsoleKey.C, true):
                        Leave(prompt, further);
                        return "";
                    case (ConsoleKey.D, true) when _line.Text.Length == 0:
                        Console.WriteLine();
                        return null;
                    case (ConsoleKey.D, true) or (ConsoleKey.Delete, _):
                        _line.Delete();
                        break;
                    case (ConsoleKey.Backspace, _) or (ConsoleKey.H, true):
                        _line.Backspace();
                        break;
                    case (ConsoleKey.LeftArrow, true):
                        _line.WordLeft();
                        break;
                    case (ConsoleKey.RightArrow, true):
                        _line.WordRight();
                        break;
                    case (ConsoleKey.LeftArrow, _) or (ConsoleKey.B, true):
                        _line.Left();
                        break;
                    case (ConsoleKey.RightArrow, _) or (ConsoleKey.F, true):
                        _line.Right();
                        break;
                    case (ConsoleKey.Home, _) or (ConsoleKey.A, true):
                        _line.Home();
                        break;
                    case (ConsoleKey.End, _) or (ConsoleKey.E, true):
                        _line.End();
                        break;
                    case (ConsoleKey.W, true):
                        _line.KillWord();
                        break;
                    case (ConsoleKey.U, true):
                        _line.KillToHome();
                        break;
                    case (ConsoleKey.K, true):
                        _line.KillToEnd();
                        break;
                    case (ConsoleKey.L, true):
                        Console.Write("\e[2J\e[H");
                        _row = 0;
                        break;
                    case (ConsoleKey.UpArrow, _) or (ConsoleKey.P, true):
                        if (!_line.Line(-1) && place > 0)
                            Recall(place - 1);
                        break;
                    case (ConsoleKey.DownArrow, _) or (ConsoleKey.N, true):
                        if (!_line.Line(1) && place < history.Count)
                            Recall(place + 1);
                        break;
                    // A tab with more behind it was pasted.
                    case (ConsoleKey.Tab, _) when Console.KeyAvailable:
                        _line.Insert("  ");
                        break;
                    case (ConsoleKey.Tab, _):
                        Complete(prompt, further);
                        break;
                    default:
                        if (key.KeyChar >= ' ' && key.KeyChar != '\u007F')
                            _line.Insert(key.KeyChar.ToString());
                        break;
                }
                // What is pasted is drawn once.
                if (!Console.KeyAvailable)
                    Draw(prompt, further);
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }

        void Recall(int to)
        {
            if (place == history.Count)
                draft = _line.Text;
            place = to;
            _line.Set(place == history.Count ? draft : history[place]);
        }
    }

    private void Complete(string prompt, string further)
    {
        var found = complete(_line.Text, _line.Cursor);
        if (found.Words.Count == 0)
            return;
        var common = found.Words[0];
        foreach (var word in found.Words)
            while (!word.StartsWith(common, StringComparison.OrdinalIgnoreCase))
                common = common[..^1];
        if (found.Words.Count == 1 || common.Length > _line.Cursor - found.From)
        {
            _line.Replace(found.From, _line.Cursor, common);
            return;
        }
        Leave(prompt, further);
        Console.Write(ScreenTable.Columns(found.Words, Width));
        _row = 0;
    }

    private static int Width => Math.Max(20, Console.WindowWidth);

    private void Leave(string prompt, string further)
    {
        while (_line.Line(1)) { }
        _line.End();
        Draw(prompt, further);
        Console.Write("\r\n");
    }

    private void Draw(string prompt, string further)
    {
        var (rows, row, column) = _line.Layout(prompt, further, Width);
        var screen = new StringBuilder("\e[?25l");
        if (_row > 0)
            screen.Append($"\e[{_row}A");
        screen.Append("\r\e[J").AppendJoin("\r\n", rows);
        if (rows.Count - 1 > row)
            screen.Append($"\e[{rows.Count - 1 - row}A");
        screen.Append('\r');
        if (column > 0)
            screen.Append($"\e[{column}C");
        Console.Write(screen.Append("\e[?25h"));
        _row = row;
    }
}
