using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>How far the provincial laboratories meet what the level above asks, criterion by criterion.</summary>
public static class LabReadinessForm
{
    public static readonly Form Form = new(
        "lab_readiness",
        new("省实验室对标建设情况", "Readiness of provincial laboratories"),
        new("一行为一个实验室的一项条件的一个年度", "one row per laboratory, criterion and year"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("lab_no", FieldType.Identifier, new("实验室编号", "Laboratory number")) { Required = true },
            new("lab_name", FieldType.Text, new("实验室名称", "Laboratory")) { Required = true },
            Coded("upgrade_criterion", "对标条件", "Criterion", "upgrade_criterion"),
            Coded("criterion_state", "具备情况", "State of the criterion", "criterion_state"),
            new("criterion_evidence", FieldType.Text, new("佐证材料", "Evidence")),
            Note,
        ]
    )
    {
        Key = ["lab_no", "upgrade_criterion"],
    };
}
