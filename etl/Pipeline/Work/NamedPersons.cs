using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// Natural persons in what is published. Returns name whom to ask and who decided, which is kept and never published: those names are looked for, and
/// whatever has the form of a resident identity number or a mobile telephone.
/// </summary>
internal sealed partial class NamedPersons
{
    /// <summary>Where a release keeps persons.</summary>
    private static readonly string[] Columns =
    [
        "core.review.reviewer",
        "core.correction_decision.decided_by",
        "core.evaluation_decision.decided_by",
        "core.correction.approver",
        "core.evaluation_appeal.contact",
    ];

    private readonly string[] _persons;

    /// <summary>Names of enterprises that hold the name of a person: there it names none.</summary>
    private readonly string[] _enterprises;

    /// <param name="approvers">Who approves releases: they stand on the reports by office.</param>
    public NamedPersons(DuckDBConnection release, IReadOnlySet<string> approvers)
    {
        _persons =
        [
            .. ReleaseTexts
                .Of(release, Columns)
                .SelectMany(t => Parts().Matches(t).Select(m => m.Value.Trim()))
                .Where(p => p.Length is > 1 and < 40 && !approvers.Contains(p))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        _enterprises =
        [
            .. ReleaseTexts.Of(release, ["core.dim_enterprise.enterprise_name"]).Where(n => _persons.Any(p => n.Contains(p, StringComparison.Ordinal))),
        ];
    }

    /// <summary>What names a person, by text; of numbers the ends alone are told.</summary>
    public IEnumerable<Text> In(IEnumerable<(string Name, string Words)> texts)
    {
        foreach (var (name, words) in texts)
        {
            var said = _enterprises.Aggregate(words, (w, e) => w.Replace(e, " ", StringComparison.Ordinal));
            foreach (var person in _persons.Where(p => Names(said, p)))
                yield return new($"{name}：出现 {person}", $"{name}: names {person}");
            foreach (var number in Telephone().Matches(said).Select(m => m.Value).Distinct())
                yield return new($"{name}：出现手机号 {Masked(number)}", $"{name}: has the mobile telephone {Masked(number)}");
            foreach (var number in Identity().Matches(said).Select(m => m.Value).Where(IsResident).Distinct())
                yield return new($"{name}：出现身份证号 {Masked(number)}", $"{name}: has the identity number {Masked(number)}");
        }
    }

    /// <summary>Chinese has no blanks between words; in other scripts a name is no part of a longer word.</summary>
    private static bool Names(string words, string person)
    {
        for (var at = words.IndexOf(person, StringComparison.Ordinal); at >= 0; at = words.IndexOf(person, at + 1, StringComparison.Ordinal))
            if (!char.IsAsciiLetterOrDigit(person[0]) || !IsLetter(words, at - 1) && !IsLetter(words, at + person.Length))
                return true;
        return false;
    }

    private static bool IsLetter(string words, int at) => at >= 0 && at < words.Length && char.IsLetterOrDigit(words[at]);

    /// <summary>A day of birth and the check character of GB 11643 (ISO 7064, MOD 11-2).</summary>
    private static bool IsResident(string number) =>
        DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
        && born.Year is > 1900 and < 2100
        && "10X98765432"[number[..17].Select((digit, i) => (digit - '0') * ((1 << (17 - i)) % 11)).Sum() % 11] == char.ToUpperInvariant(number[17]);

    private static string Masked(string number) => number[..3] + new string('*', number.Length - 5) + number[^2..];

    /// <summary>Names and telephones that stand in one field: 王五 0351-1234567.</summary>
    [GeneratedRegex(@"[\u4e00-\u9fff·]{2,}|[A-Za-z][A-Za-z .'-]{3,}|[0-9][0-9-]{6,}")]
    private static partial Regex Parts();

    [GeneratedRegex(@"(?<![0-9A-Za-z.,])1[3-9][0-9]{9}(?![0-9A-Za-z]|[.,][0-9])")]
    private static partial Regex Telephone();

    [GeneratedRegex(@"(?<![0-9A-Za-z.,])[1-8][0-9]{16}[0-9Xx](?![0-9A-Za-z]|[.,][0-9])")]
    private static partial Regex Identity();
}
