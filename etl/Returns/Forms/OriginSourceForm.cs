using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Original-technology sources and their first R&amp;D projects.</summary>
public static class OriginSourceForm
{
    public static readonly Form Form = new(
        "origin_sources",
        new("原创技术策源地情况", "Original-technology sources"),
        new("一行为策源地的一个研发项目", "one row per source and project"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("source_no", FieldType.Identifier, new("策源地编号", "Source number")) { Required = true },
            new("source_name", FieldType.Text, new("策源地名称", "Source")) { Required = true },
            new("origin_project_no", FieldType.Identifier, new("策源地项目编号", "Number of the source's project")) { Required = true },
            new("origin_project_name", FieldType.Text, new("策源地项目名称", "Project of the source")) { Required = true },
            Coded("origin_stage", "研发进展", "Stage of research", "origin_stage"),
            Money("origin_funds_wan", "累计投入", "Funds spent, cumulative"),
            Note,
        ]
    )
    {
        Key = ["source_no", "origin_project_no"],
    };
}
