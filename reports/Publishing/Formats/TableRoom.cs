using Innovation1551.Models;
using Innovation1551.Publishing.Document;

namespace Innovation1551.Publishing.Formats;

/// <summary>How wide the columns of a table want to be, and what they get on a page of a given width. Widths are twentieths of a point.</summary>
internal sealed class TableRoom
{
    /// <summary>Half a Chinese character of a table's text and the room beside it.</summary>
    private const int CharacterWidth = 92,
        CellPadding = 220;

    /// <summary>In characters of half width: the longest line that is not broken, and what a column needs at least before its lines are.</summary>
    private const int LongestLine = 44,
        LeastName = 24,
        LeastNumber = 16;

    private readonly int[] _wanted,
        _least;

    public TableRoom(DataTable table, Language language)
    {
        int[] lengths = [.. table.Columns.Select((c, i) => table.Rows.Select(r => Length(i == 0 ? r.Name : r.Cells[i - 1].Phrase)).Append(Heading(c)).Max())];
        _wanted = [.. lengths.Select(l => Width(l, LongestLine))];
        _least = [.. lengths.Select((l, i) => Width(l, table.Columns[i].Kind is ColumnKind.Number or ColumnKind.Words ? LeastNumber : LeastName))];

        // Chinese breaks anywhere, so that a heading of it may be narrow.
        int Heading(Column column) => column.Heading.In(language).Split(' ').Max(w => Math.Min(w.Length, language == Language.Zh ? 8 : 20));
        int Length(Phrase phrase) => phrase.In(language).Split('\n').Max(line => line.Sum(c => c > '\u2E7F' ? 2 : 1));
        static int Width(int length, int most) => Math.Clamp(length, 4, most) * CharacterWidth + CellPadding;
    }

    /// <summary>The narrowest page on which no number and no short word is broken.</summary>
    public int Least => _least.Sum();

    /// <summary>The columns as wide as the page: each has what it needs at least, and what is left goes to those that want more.</summary>
    public int[] Widths(int room)
    {
        var (least, wanted) = (_least.Sum(), _wanted.Sum());
        if (room <= least)
            return [.. _least.Select(w => w * room / least)];
        return room >= wanted
            ? [.. _wanted.Select(w => w * room / wanted)]
            : [.. _least.Select((w, i) => w + (_wanted[i] - w) * (room - least) / (wanted - least))];
    }
}
