using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;

namespace Innovation1551.Returns.Rules;

/// <summary>
/// A validation rule on landed rows. It is a condition in SQL that is true for rows that break the rule,
/// over <c>landing.FORM as l</c> and the joins that it names.
/// </summary>
/// <param name="Id">Number of the rule in the catalogue (V01 …).</param>
/// <param name="Field">The field at which the finding points.</param>
/// <param name="Broken">SQL condition, true where the rule is broken; null counts as not broken.</param>
/// <param name="Problem">What is wrong; {0}, {1} … stand for <paramref name="Shown"/>.</param>
/// <param name="Shown">SQL expressions whose values the message shows.</param>
public sealed partial record Rule(string Id, Severity Severity, string Form, string Field, string Broken, Text Problem, Text Remedy, params string[] Shown)
{
    /// <summary>Further tables, joined after <c>from landing.FORM as l</c>.</summary>
    public string Joins { get; init; } = "";

    /// <summary>The balance that the rule holds, where it is one.</summary>
    public Balance? Balance { get; init; }

    /// <summary>Rows that break the rule, as findings' rows.</summary>
    public string Sql => $"""
        select l.file_no, l.sheet_no, l.source_row, {Literal(Id)} as code, {Literal(Severity.ToString().ToLowerInvariant())} as severity, {Literal(Field)} as field,
            {Plain("l." + Field)} as read, {Message(Problem.Zh)} as problem_zh, {Message(Problem.En)} as problem_en,
            {Literal(Remedy.Zh)} as remedy_zh, {Literal(Remedy.En)} as remedy_en
        from landing.{Form} as l {Joins}
        where {Broken}
        """;

    private string Message(string text)
    {
        var parts = new List<string>();
        var at = 0;
        foreach (Match place in Placeholder().Matches(text))
        {
            parts.Add(Literal(text[at..place.Index]));
            parts.Add($"coalesce({Plain(Shown[int.Parse(place.Groups[1].ValueSpan, CultureInfo.InvariantCulture)])}, '—')");
            at = place.Index + place.Length;
        }
        parts.Add(Literal(text[at..]));
        return string.Join(" || ", parts);
    }

    /// <summary>A value as text; the trailing zeros of a DECIMAL say nothing to a respondent.</summary>
    private static string Plain(string expression) =>
        $"case when typeof({expression}) like 'DECIMAL%' then rtrim(regexp_replace(cast({expression} as varchar), '(\\.\\d*?)0+$', '\\1'), '.') else cast({expression} as varchar) end";

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Placeholder();

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
