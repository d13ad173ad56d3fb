using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Patent events: one row for each filing, grant, lapse … of the year, with the owners in their order.</summary>
public static class PatentForm
{
    public static readonly Form Form = new(
        "patents",
        new("专利事件清单", "Patent events"),
        new("一行为一件专利的一个事件", "one row per patent and event"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            new("application_no", FieldType.Identifier, new("申请号", "Application number"))
            {
                Required = true,
                Synonyms = ["专利申请号", "申请号/专利号", "专利号"],
                Prefixes = ["ZL", "CN"],
                Meaning = new(
                    "如 202410012345.6，末位为校验位；可带 ZL 或 CN",
                    "e.g. 202410012345.6; the last position is the check digit; ZL or CN may stand before it"
                ),
            },
            new("title", FieldType.Text, new("专利名称", "Title")),
            Coded("patent_type", "专利类型", "Type", "patent_type"),
            Coded("event", "事件", "Event", "patent_event"),
            new("event_date", FieldType.Date, new("事件日期", "Event date")) { Required = true, Synonyms = ["日期"] },
            new("owners", FieldType.Text, new("专利权人（按顺序，用；分隔）", "Owners in order, separated by ;"))
            {
                Required = true,
                Synonyms = ["专利权人", "申请人"],
                Meaning = new(
                    "第一位为第一专利权人；期末有效专利只计第一专利权人；转让填受让人",
                    "The first is the first owner; patents in force count for the first owner only; for an assignment the new owners"
                ),
            },
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
        Key = ["application_no", "event", "event_date"],
    };
}
