using System.Globalization;

namespace Innovation1551.Models.Exchange;

/// <summary>What a format could not hold as it was, gathered while it is written: nothing is altered without a word.</summary>
public sealed class TableNotes
{
    private readonly List<Text> _said = [];
    private readonly Dictionary<string, (long Cells, Func<string, Text> Word)> _counted = new(StringComparer.Ordinal);

    /// <summary>Everything to be said, columns first, then cells with their number.</summary>
    public IReadOnlyList<Text> All => [.. _said, .. _counted.Values.Select(c => c.Word(c.Cells.ToString(CultureInfo.InvariantCulture)))];

    public void Say(Text note) => _said.Add(note);

    /// <summary>One more cell of which the same is to be said.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="kind">What happened to it; the words of one kind are the same in every column.</param>
    /// <param name="word">The words, given how many cells they speak of.</param>
    public void Count(string column, string kind, Func<string, Text> word)
    {
        var key = kind + "\0" + column;
        _counted[key] = _counted.TryGetValue(key, out var before) ? (before.Cells + 1, before.Word) : (1, word);
    }
}
