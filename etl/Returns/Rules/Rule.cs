using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Returns.Forms;

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
    /// <summary>Prefix of the tables of accepted rows, one for each form: what a row is compared with.</summary>
    public const string Accepted = "accepted_";

    /// <summary>Further tables, joined after <c>from landing.FORM as l</c>. Rules with the same joins are judged in one scan.</summary>
    public string Joins { get; init; } = "";

    /// <summary>A table that the joins name, made before the scan: what is found by grouping all rows is not found again to word the findings.</summary>
    public (string Name, string Query)? Prepared { get; init; }

    /// <summary>Only rows that the prepared table names can break the rule: where it is empty, none does.</summary>
    internal bool NeedsPrepared =>
        Prepared is { } p
        && Joins.Contains($"join {p.Name} as", StringComparison.Ordinal)
        && !Joins.Contains($"left join {p.Name} as", StringComparison.Ordinal);

    /// <summary>The condition names only what all forms have: enterprise, its name and period, and what is joined. Such rules are judged in one scan of all forms.</summary>
    internal bool IsShared { get; init; }

    /// <summary>The balance that the rule holds, where it is one: its cells take part in naming those most likely wrong.</summary>
    public Balance? Balance { get; init; }

    /// <summary>
    /// The rule compares with what other returns say. Such rules are judged after the others, because only an accepted row may serve as a comparator.
    /// </summary>
    public bool Compares => ComparesWith("");

    /// <summary>The rule compares with accepted rows of a form.</summary>
    internal bool ComparesWith(string form) => $"{Joins} {Prepared?.Query}".Contains(Accepted + form, StringComparison.Ordinal);

    /// <summary>
    /// What the rule finds in a sheet hangs on that sheet alone, beside the register, and stands whatever else comes: only sheets that are new are judged.
    /// Balances are not among them, because last year's row tells which of their cells is wrong.
    /// </summary>
    public bool IsOfOneSheet => Balance is null && (Named.IsEmpty || Prepared?.Query.Contains(Fresh + Form, StringComparison.Ordinal) == true);

    /// <summary>Prefix of the views of rows that rules of one sheet look at.</summary>
    public const string Fresh = "fresh_";

    /// <summary>Text in the row's column 说明 answers it. It does not where something else is asked for, such as an entry in the register.</summary>
    public bool IsAnsweredByNote { get; init; } = Severity == Severity.Warning;

    /// <summary>The forms whose rows the rule looks at, its own among them.</summary>
    internal ImmutableHashSet<string> Reads => Named.Add(Form);

    private ImmutableHashSet<string> Named =>
        field ??= [
            .. Among($"{Joins} {Prepared?.Query} {Broken} {string.Join(' ', Shown)}"),
            .. Prepared?.Query.Contains(AcceptedRows.Stated, StringComparison.Ordinal) == true ? (string[])[Form] : [],
        ];

    /// <summary>The forms that a text names. A word is looked for before the pattern is: there are some seven thousand pairs of a rule and a form.</summary>
    private static IEnumerable<string> Among(string text) =>
        FormNames
            .Value.Where(f =>
                (text.Contains(f.Form, StringComparison.Ordinal) || f.Form == GroupTotalForm.Form.Id && text.Contains("group_member", StringComparison.Ordinal))
                && f.Pattern.IsMatch(text)
            )
            .Select(f => f.Form);

    private static readonly Lazy<ImmutableArray<(string Form, Regex Pattern)>> FormNames = new(() =>
        [
            .. FormCatalogue.All.Select(f =>
                (
                    f.Id,
                    new Regex(
                        $@"\b(landing\.)?(last_|corrected_|{Accepted}|{Fresh})?{f.Id}(_before|_last)?\b{(f == GroupTotalForm.Form ? "|\\bgroup_member\\b" : f == PatentForm.Form ? "|\\bwatched_patents\\b" : "")}",
                        RegexOptions.CultureInvariant
                    )
                )
            ),
        ]
    );

    /// <summary>The names of codes: a message speaks of 国家级 and of National, not of NAT.</summary>
    internal CodeLists? Codes { get; init; }

    /// <summary>Findings for the rows found broken by the scan, which the table <c>hit</c> lists under the rule's number.</summary>
    internal string FindingsSql(int number) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select file_no, sheet_no, source_row, {Sql.Literal(Id)} as code, {Sql.Literal(Severity.ToString().ToLowerInvariant())} as severity, {Sql.Literal(
                Field
            )} as field,
                {InWords(
                Field,
                "read",
                m => FormCatalogue.Find(Form)![Field].CodeList is null ? m.Zh : CodeLists.Choice(m.Code, m.Zh)
            )} as read, {Message(Problem.Zh, m => m.Zh)} as problem_zh, {Message(Problem.En, m => m.En)} as problem_en,
                {Sql.Literal(Remedy.Zh)} as remedy_zh, {Sql.Literal(Remedy.En)} as remedy_en, note
            from (
                select l.file_no, l.sheet_no, l.source_row, {(Field == "period" ? "l.period_year" : "l." + Field)} as read{string.Concat(
                Shown.Select((s, i) => $", {s} as shown_{i.ToString(CultureInfo.InvariantCulture)}")
            )},
                    {(IsAnsweredByNote ? "nullif(trim(l.note), '')" : "cast(null as varchar)")} as note
                from {(IsShared ? $"(select '{Form}' as form, * from landing.{Form})" : "landing." + Form)} as l
                join hit on hit.rule_no = {number} and hit.file_no = l.file_no and hit.sheet_no = l.sheet_no and hit.source_row = l.source_row
                {Joins}
                {(Joins.Length > 0 ? $"where {Broken}" : "")}
            )
            """
        );

    /// <summary>Everything that the rule says, for the hash of all rules.</summary>
    internal string Definition =>
        string.Join('\n', Id, Severity, Form, Field, Joins, Prepared, IsOfOneSheet, Broken, Problem, Remedy, string.Join('\n', Shown));

    private string Message(string text, Func<(string Code, string Zh, string En), string> name)
    {
        var parts = new List<string>();
        var at = 0;
        foreach (Match place in Placeholder().Matches(text))
        {
            parts.Add(Sql.Literal(text[at..place.Index]));
            var number = int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture);
            parts.Add($"coalesce({InWords(Shown[number], "shown_" + place.Groups[1].Value, name)}, '—')");
            at = place.Index + place.Length;
        }
        parts.Add(Sql.Literal(text[at..]));
        return string.Join(" || ", parts);
    }

    /// <summary>A value as text: of a field that holds codes the name of the code.</summary>
    /// <param name="shown">The field, or the expression that the value comes from.</param>
    private string InWords(string shown, string value, Func<(string Code, string Zh, string En), string> name)
    {
        var field = FormCatalogue
            .Find(Form)!
            .Fields.FirstOrDefault(f =>
                (f.CodeList is not null || f.Type is FieldType.Form or FieldType.FormField) && (shown == f.Name || shown == "l." + f.Name)
            );
        if (field is null || field.CodeList is not null && Codes is null)
            return Plain(value);
        IEnumerable<(string Code, string Zh, string En)> members = field.Type switch
        {
            FieldType.Form => CorrectableCells.Forms.Select(f => (f.Id, f.Name.Zh, f.Name.En)),
            FieldType.FormField => CorrectableCells
                .Forms.SelectMany(CorrectableCells.Fields)
                .DistinctBy(f => f.Name)
                .Select(f => (f.Name, f.Label.Zh, f.Label.En)),
            _ => Codes!.Members(field.CodeList!),
        };
        return $"case {value} {string.Concat(members.Select(m => $"when {Sql.Literal(m.Code)} then {Sql.Literal(name(m))} "))}else {value} end";
    }

    /// <summary>A value as text; the trailing zeros of a DECIMAL say nothing to a respondent.</summary>
    private static string Plain(string expression) =>
        $"case when typeof({expression}) like 'DECIMAL%' then rtrim(regexp_replace(cast({expression} as varchar), '(\\.\\d*?)0+$', '\\1'), '.') when length(cast({expression} as varchar)) > {LongestShown} then left(cast({expression} as varchar), {LongestShown} - 1) || '…' else cast({expression} as varchar) end";

    /// <summary>Characters of a value that a message quotes.</summary>
    private const string LongestShown = "200";

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Placeholder();
}
