using System.Globalization;

namespace Innovation1551.Models.Exchange;

/// <summary>What a format could not hold as it was, gathered while it is written: nothing is altered without a word.</summary>
public sealed class TableNotes
{
    private readonly List<Text> said = [];
    private readonly Dictionary<string, (long Cells, Func<string, Text> Word)> counted = new(StringComparer.Ordinal);

    /// <summary>Everything to be said, columns first, then cells with their number.</summary>
    public IReadOnlyList<Text> All => [.. said, .. counted.Values.Select(c => c.Word(c.Cells.ToString(CultureInfo.InvariantCulture)))];

    public void Say(Text note) => said.Add(note);

    /// <summary>One more cell of which the same is to be said.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="kind">What happened to it; the words of one kind are the same in every column.</param>
    /// <param name="word">The words, given how many cells they speak of.</param>
    public void Count(string column, string kind, Func<string, Text> word)
    {
        var key = kind + "\0" + column;
        counted[key] = counted.TryGetValue(key, out var before) ? (before.Cells + 1, before.Word) : (1, word);
    }
}
