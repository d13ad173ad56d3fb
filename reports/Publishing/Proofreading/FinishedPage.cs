using System.Net;
using System.Text.RegularExpressions;

namespace Innovation1551.Publishing.Proofreading;

/// <summary>A page as it lies on the disk: its elements with their attributes, and what is read on it. What the program meant to write is not asked.</summary>
internal sealed partial class FinishedPage
{
    public FinishedPage(string html)
    {
        var skipped = "";
        foreach (Match token in Tokens().Matches(html))
            if (skipped.Length > 0)
            {
                if (token.Value.StartsWith("</" + skipped, StringComparison.OrdinalIgnoreCase))
                    skipped = "";
            }
            else if (TagName().Match(token.Value) is { Success: true } tag)
            {
                var name = tag.Groups[1].Value.ToLowerInvariant();
                Elements.Add(new(name, Attributes(token.Value)));
                // Neither style nor script is read, and what looks like a tag in them is none.
                if (name is "style" or "script")
                    skipped = name;
            }
            else if (!token.Value.StartsWith('<') && WebUtility.HtmlDecode(token.Value).Trim() is { Length: > 0 } text)
                Texts.Add(text);
    }

    /// <summary>Every element in order.</summary>
    public List<Element> Elements { get; } = [];

    /// <summary>What stands between the tags, in order.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>What is read on the page or read out of it, in one piece.</summary>
    public string Words => string.Join('\n', Texts.Concat(Elements.SelectMany(e => new[] { e.Of("aria-label"), e.Of("alt"), e.Of("title") }).OfType<string>()));

    private static Dictionary<string, string> Attributes(string tag)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match attribute in Attribute().Matches(tag))
            found.TryAdd(attribute.Groups[1].Value, WebUtility.HtmlDecode(attribute.Groups[2].Value));
        return found;
    }

    /// <summary>The tags of a page and what stands between them, in turn.</summary>
    [GeneratedRegex("<[^>]*>|[^<]+")]
    internal static partial Regex Tokens();

    [GeneratedRegex("^<([A-Za-z][A-Za-z0-9]*)")]
    private static partial Regex TagName();

    [GeneratedRegex("\\s([a-z][a-z0-9-]*)=\"([^\"]*)\"")]
    private static partial Regex Attribute();
}

/// <summary>An element of a finished page.</summary>
internal sealed record Element(string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The value of an attribute; null where it has none.</summary>
    public string? Of(string attribute) => Attributes.GetValueOrDefault(attribute);
}
