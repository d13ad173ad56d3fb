using System.Collections.Immutable;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;

namespace Innovation1551.Returns.Writing;

/// <summary>Everything that a template is made from.</summary>
/// <param name="Year">The year to report; it chooses the edition.</param>
/// <param name="Reporter">Who sends the return; null for a template that anybody may fill in.</param>
/// <param name="Units">The enterprises that get rows, the reporter among them.</param>
/// <param name="Balances">The rules that hold a balance; those of other forms are passed over.</param>
public sealed record TemplateContent(
    int Year,
    TemplateUnit? Reporter,
    IReadOnlyList<TemplateUnit> Units,
    IReadOnlyList<Form> Forms,
    IReadOnlyList<Rule> Balances,
    CodeLists Codes
)
{
    /// <summary>Last year's return by form, enterprise and field, in canonical units; what is not known is left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>> LastYear { get; init; } =
        ImmutableDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, object?>>>.Empty;

    /// <summary>The register's rows of the units, which the register form repeats for checking.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Register { get; init; } = [];

    /// <summary>By form the lines of last year's list that still run: the sheet begins with them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>> Running { get; init; } =
        ImmutableDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, object?>>>.Empty;

    /// <summary>Whether a form is asked of an enterprise: others get no row in it.</summary>
    public Func<Form, TemplateUnit, bool> IsAsked { get; init; } = (_, _) => true;

    /// <summary>By form the day until which it is to be sent; without those that have none.</summary>
    public IReadOnlyDictionary<string, DateOnly> Due { get; init; } = ImmutableDictionary<string, DateOnly>.Empty;

    /// <summary>Last year's values are constructed: the template then says so.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Title and steps of the instructions where the workbook is no return to be filled in by an enterprise; null for one that is.</summary>
    public (string Title, IReadOnlyList<Models.Text> Steps)? Instructions { get; init; }

    /// <summary>The day on which the workbook is made, where it is to say so.</summary>
    public DateOnly? Made { get; init; }

    /// <summary>The last of the months from January that are reported; null for the whole year.</summary>
    public int? Month { get; init; }

    public string Period => PeriodOf(Year);

    /// <summary>The same months of a year.</summary>
    public string PeriodOf(int year) =>
        Month switch
        {
            null => $"{year}年",
            1 => $"{year}年1月",
            { } month => $"{year}年1-{month}月",
        };

    /// <summary>The periods that a row of a form may name: of one that is sent monthly each month of the year, unless the template is for one.</summary>
    public IReadOnlyList<string> PeriodsOf(Form form) =>
        form.Sent == Cadence.Months && Month is null ? [.. Enumerable.Range(1, 12).Select(m => (this with { Month = m }).Period)] : [Period];

    /// <summary>Last year's value of a field; null where it is not known.</summary>
    public object? Before(Form form, string enterprise, Field field) =>
        LastYear.GetValueOrDefault(form.Id)?.GetValueOrDefault(enterprise)?.GetValueOrDefault(field.Name);

    /// <summary>The field of the same form whose value of last year belongs here (expense_total_prior_wan repeats expense_total_wan); null for others.</summary>
    public static Field? Repeated(Form form, Field field) =>
        field.Name.Contains("_prior", StringComparison.Ordinal)
            ? form.Fields.FirstOrDefault(f => f.Name == field.Name.Replace("_prior", "", StringComparison.Ordinal))
            : null;
}
