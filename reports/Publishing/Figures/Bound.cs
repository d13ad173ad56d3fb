namespace Innovation1551.Publishing.Figures;

/// <summary>
/// What the numerals of a piece of the page are. Every numeral of the finished page carries one of these, and a spec reads the page
/// and holds each against the release: a number that is bound to nothing, or to a figure that shows as something else, cannot be published.
/// </summary>
/// <param name="Attribute"><c>data-figure</c>, <c>data-record</c>, <c>data-derived</c> or <c>data-prose</c>.</param>
/// <param name="Value">The id, or ids in the order in which a derived number takes them.</param>
public readonly record struct Bound(string Attribute, string Value)
{
    /// <summary>No numeral at all, or one that an element around it speaks for.</summary>
    public static readonly Bound Nothing = new("", "");

    /// <summary>Whether it is a number of the release, or reckoned from such.</summary>
    public bool IsNumber => Attribute is "data-figure" or "data-record" or "data-derived";

    /// <summary>A figure of <c>published.figure</c>, by its id; several where one text tells several.</summary>
    public static Bound Figure(params IEnumerable<string> ids) => new("data-figure", string.Join(' ', ids.Distinct()));

    /// <summary>A number that stands in another published table: <c>target/ID/value</c>, <c>target_path/ID/2025</c>, <c>response/FORM/2025/rate</c>, <c>release/input_count</c>.</summary>
    public static Bound Record(params IEnumerable<string> keys) => new("data-record", string.Join(' ', keys.Distinct()));

    /// <summary>What this page reckons from two figures of one release: <c>difference</c>, <c>growth</c> in percent, <c>attainment</c> in percent.</summary>
    public static Bound Derived(string how, string first, string second) => new("data-derived", $"{how} {first} {second}");

    /// <summary>Words: no figure is said. The kind tells which: see <see cref="Prose"/>.</summary>
    public static Bound Words(Prose kind) => new("data-prose", kind.ToString().ToLowerInvariant());

    /// <summary>A target's own number.</summary>
    public static Bound Target(string id) => Record($"target/{id}/value");

    /// <summary>Where a target's path stands in one year.</summary>
    public static Bound Path(string id, int year) => Record(FormattableString.Invariant($"target_path/{id}/{year}"));
}

/// <summary>Numerals that are words.</summary>
public enum Prose
{
    /// <summary>A year, month, day or span of them.</summary>
    Period,

    /// <summary>The number of a chapter, figure, table or source.</summary>
    Order,

    /// <summary>A name or definition of the release: an indicator's, a category's, a form's, a target's.</summary>
    Name,

    /// <summary>The words of a source.</summary>
    Quote,

    /// <summary>The release's own name and hash.</summary>
    Release,

    /// <summary>The id of a figure in a command.</summary>
    Key,

    /// <summary>A tick of an axis.</summary>
    Axis,

    /// <summary>Explanation written by the program.</summary>
    Text,
}
