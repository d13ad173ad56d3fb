using System.Collections.Frozen;
using System.Collections.Immutable;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Reading.Tables;

namespace Innovation1551.Returns.Binding;

/// <summary>The forms that a binder knows, by their headings.</summary>
public sealed class FormIndex(ImmutableArray<Form> forms)
{
    private readonly ImmutableArray<HeadingIndex> _indexes = [.. forms.Select(f => new HeadingIndex(f))];
    private FrozenSet<string>? _headings;

    internal IEnumerable<HeadingIndex> Forms => _indexes;

    /// <summary>The programme's forms.</summary>
    public static FormIndex Shipped { get; } = new(FormCatalogue.All);

    /// <summary>True for a heading of any form.</summary>
    public bool IsHeading(string heading) =>
        (_headings ??= _indexes.SelectMany(i => i.Headings).ToFrozenSet(StringComparer.OrdinalIgnoreCase)).Contains(heading);

    /// <summary>The form of a table: the one that knows most of its headings, three at least and more than half of them.</summary>
    public HeadingIndex? FormOf(Table table) =>
        _indexes
            .Select(index => (Index: index, Known: table.Header.Count(h => h.Key is not null && index.Find(h.Key) is not null)))
            .Where(i => i.Known > 2 && i.Known * 2 > table.Header.Count)
            .OrderByDescending(i => i.Known)
            .FirstOrDefault()
            .Index;
}
