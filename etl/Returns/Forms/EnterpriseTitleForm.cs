using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>Titles that an enterprise holds, with their validity. An enterprise may hold several and counts once.</summary>
public static class EnterpriseTitleForm
{
    public static readonly Form Form = new(
        "enterprise_titles",
        new("创新型企业资格情况", "Titles of innovative enterprises"),
        new("一行为一个单位的一项资格", "one row per enterprise and title"),
        FormKind.Event,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Coded("enterprise_title", "资格类别", "Title", "enterprise_title"),
            new("title_certificate_no", FieldType.Identifier, new("资格证书编号", "Certificate of the title")),
            new("valid_from", FieldType.Date, new("有效期起", "Title valid from")) { Required = true },
            new("valid_to", FieldType.Date, new("有效期止", "Title valid to")),
            Note,
        ]
    )
    {
        Key = ["enterprise_title", "valid_from"],
    };
}
