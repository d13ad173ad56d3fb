using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Innovation1551.Returns.Forms;

/// <summary>All forms, in the order in which people fill them in.</summary>
public static class FormCatalogue
{
    public static readonly ImmutableArray<Form> All =
    [
        EnterpriseRegisterForm.Form,
        RdSpendForm.Form,
        FinanceForm.Form,
        PatentForm.Form,
        AwardForm.Form,
        PatentSummaryForm.Form,
        AwardSummaryForm.Form,
        GroupTotalForm.Form,
        ReviewForm.Form,
        CorrectionDecisionForm.Form,
        ProjectForm.Form,
        PlatformForm.Form,
        LabReadinessForm.Form,
        TalentForm.Form,
        EnterpriseTitleForm.Form,
        AchievementForm.Form,
        TaskForm.Form,
        TaskLedgerForm.Form,
        DigitalSceneForm.Form,
        OriginSourceForm.Form,
        ConsortiumForm.Form,
        PolicyUptakeForm.Form,
        CorrectionForm.Form,
        EvaluationAppealForm.Form,
        EvaluationDecisionForm.Form,
    ];

    /// <summary>SHA-256 over everything that the forms declare. Made when it is asked for: a look at the help needs no cryptography.</summary>
    public static string Hash => field ??= HashOf(All);

    /// <summary>SHA-256 over everything that forms declare.</summary>
    public static string HashOf(IEnumerable<Form> forms) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', forms.Select(Declared)))));

    /// <summary>What an object declares: each of its properties with its name, those of lists one by one. A property that is added is in it by itself.</summary>
    private static string Declared(object? value) =>
        value switch
        {
            null => "∅",
            string or Enum or bool or int or long or decimal => System.Text.Json.JsonSerializer.Serialize(
                Convert.ToString(value, CultureInfo.InvariantCulture)
            ),
            System.Collections.IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Declared))}]",
            _ =>
                $"{{{string.Join(',', value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Declared(p.GetValue(value))}"))}}}",
        };

    public static Form? Find(string id) => All.FirstOrDefault(f => f.Id == id);
}
