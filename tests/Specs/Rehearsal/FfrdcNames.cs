using System.Net;
using System.Text.RegularExpressions;

namespace Innovation1551.Specs.Rehearsal;

/// <summary>Names of centres: as published once the footnote marks are off, and one name for each centre.</summary>
internal static partial class FfrdcNames
{
    /// <summary>The two centres that NCSES itself writes in two ways.</summary>
    private static readonly Dictionary<string, string> Variants = new(StringComparer.Ordinal)
    {
        ["Judiciary Engineering Modernization Center"] = "Judiciary Engineering and Modernization Center",
        ["NSF's National Optical-Infrared Astronomy Research Laboratory"] = "NSF's National Optical-Infrared Astronomy Research Laboratory (NSF's NOIRLab)",
    };

    /// <summary>Without marks, with plain apostrophes: one survey writes &amp;#8217;, the next '.</summary>
    public static string Clean(string published) => WebUtility.HtmlDecode(Mark().Replace(published, "")).Replace('’', '\'').Trim();

    public static string Canonical(string name) => Variants.GetValueOrDefault(name, name);

    /// <summary>The other ways in which a centre has been written.</summary>
    public static IEnumerable<string> AliasesOf(string canonical) => Variants.Where(v => v.Value == canonical).Select(v => v.Key);

    [GeneratedRegex("<sup>.*?</sup>")]
    private static partial Regex Mark();
}
