using System.Text;

namespace Innovation1551.Returns.Writing;

/// <summary>Names of sheets: what spreadsheet programs allow, and how formulas quote them.</summary>
internal static class SheetNames
{
    private const int Longest = 31;

    /// <summary>A name without the characters that spreadsheet programs forbid, no longer than they allow, unlike those taken.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        var others = taken.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var clean = new StringBuilder(name.Length);
        foreach (var c in name)
            clean.Append(c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' || char.IsControl(c) ? '_' : c);
        var root = clean.ToString().Trim('\'');
        if (root.Length == 0)
            root = "Sheet";
        for (var n = 1; ; n++)
        {
            var tail = n == 1 ? "" : $" ({n})";
            var candidate = (root.Length + tail.Length > Longest ? root[..(Longest - tail.Length)] : root) + tail;
            if (!others.Contains(candidate))
                return candidate;
        }
    }

    /// <summary>The name as a formula writes it.</summary>
    public static string Quoted(string name) => "'" + name.Replace("'", "''", StringComparison.Ordinal) + "'";
}
