using System.Collections.Immutable;

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
    ];

    public static Form? Find(string id) => All.FirstOrDefault(f => f.Id == id);
}
