using Innovation1551.Models;
using Innovation1551.Publishing.Document;

namespace Innovation1551.Publishing.Formats;

/// <summary>How wide the columns of a table want to be, and what they get on a page of a given width. Widths are twentieths of a point.</summary>
/// <param name="table">The table.</param>
/// <param name="language">The language it is set in.</param>
internal sealed class TableRoom(DataTable table, Language language)
{
    /// <summary>Half a Chinese character of a table's text, the room beside it, and the longest line that is not broken, in characters of half width.</summary>
    private const int CharacterWidth = 92,
        CellPadding = 220,
        LongestLine = 44;

    /// <summary>A table that asks for more than this many times the page is read on a page turned sideways.</summary>
    private const double MostSqueezed = 1.3;

    private readonly int[] _wanted =
    [
        .. table.Columns.Select(
            (c, i) =>
                Math.Clamp(
                    table.Rows.Select(r => Length(i == 0 ? r.Name : r.Cells[i - 1].Phrase, language)).Append(LongestWord(c.Heading, language)).Max(),
                    4,
                    LongestLine
                ) * CharacterWidth
                + CellPadding
        ),
    ];

    public bool IsWiderThan(int room) => _wanted.Sum() > room * MostSqueezed;

    /// <summary>The columns as wide as the page: numbers and short words have what they ask for, names and long words share the rest.</summary>
    public int[] Widths(int room)
    {
        if (_wanted.Sum() is var all && all <= room)
            return [.. _wanted.Select(w => w * room / all)];
        bool IsFirm(int i) => table.Columns[i].Kind is ColumnKind.Number or ColumnKind.Words;
        var firm = _wanted.Where((_, i) => IsFirm(i)).Sum();
        var rest = Math.Max(all - firm, 1);
        var left = Math.Max(room - firm, room / 4);
        return [.. _wanted.Select((w, i) => IsFirm(i) ? w * (room - left) / Math.Max(firm, 1) : w * left / rest)];
    }

    // Chinese breaks anywhere, so that a heading of it may be narrow.
    private static int LongestWord(Phrase heading, Language language) =>
        heading.In(language).Split(' ').Max(w => Math.Min(w.Length, language == Language.Zh ? 8 : 20));

    private static int Length(Phrase phrase, Language language) => phrase.In(language).Split('\n').Max(line => line.Sum(c => c > '\u2E7F' ? 2 : 1));
}
