using System.Collections.Immutable;
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
        ProjectForm.Form,
        PlatformForm.Form,
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
    ];

    /// <summary>SHA-256 over everything that the forms declare. Made when it is asked for: a look at the help needs no cryptography.</summary>
    public static string Hash => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(All.SelectMany(form => form.Fields.Select(f =>
        $"{form.Id}|{form.Name}|{form.Kind}|{f.Name}|{f.Type}|{f.Label}|{f.Unit?.Code}|{f.Required}|{f.CodeList}|{f.MayBeNegative}|{string.Join(';', f.Headings)}|{string.Join(';', f.Synonyms)}\n"))))));

    public static Form? Find(string id) => All.FirstOrDefault(f => f.Id == id);
}
