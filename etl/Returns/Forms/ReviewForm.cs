using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// What a reviewer decided on findings: the list of what is open with four columns filled in, received like any other file.
/// A decision is tied to the bytes of the file that it is about, so a corrected return is judged afresh.
/// </summary>
public static class ReviewForm
{
    public static readonly Form Form = new(
        "review",
        new("审核意见", "Review of findings"),
        new("一行为对一处审核结果的意见", "one row per decision on a finding"),
        FormKind.Review,
        [
            EnterpriseName with
            {
                Required = false,
            },
            new("finding_period", FieldType.Text, new("报告期", "Period")),
            new("finding_form", FieldType.Text, new("报表", "Form")),
            new("file_name", FieldType.Text, new("文件名", "File name")),
            new("finding_sheet", FieldType.Text, new("工作表", "Sheet")),
            new("finding_row", FieldType.Count, new("行号", "Row")) { Required = true },
            new("finding_code", FieldType.Identifier, new("规则编号", "Rule")) { Required = true },
            new("finding_heading", FieldType.Text, new("栏目", "Column")),
            new("finding_cell", FieldType.Text, new("单元格", "Cell")),
            new("value_read", FieldType.Text, new("读到的值", "Value read")),
            new("problem", FieldType.Text, new("问题", "Problem")),
            new("explanation", FieldType.Text, new("填报单位说明", "Explanation")),
            Coded("decision", "审核意见", "Decision", "review_decision"),
            new("reviewer", FieldType.Text, new("审核人", "Reviewer")) { Required = true },
            new("reviewed_on", FieldType.Date, new("审核日期", "Reviewed on")) { Required = true },
            new("reason", FieldType.Text, new("审核说明", "Reason")) { Required = true },
            new("file_hash", FieldType.Identifier, new("文件标识", "File hash"))
            {
                Required = true,
                Meaning = new("原文件的 SHA-256", "SHA-256 of the file that the finding is about"),
            },
        ]
    )
    {
        Key = ["file_hash", "finding_sheet", "finding_row", "finding_code", "finding_heading"],
        Answer = ["decision", "reason"],
    };
}
