using Innovation1551.Models;

namespace Innovation1551.Returns.Forms;

/// <summary>The fields that every form shares: who, and for when.</summary>
internal static class CommonFields
{
    public static readonly Field EnterpriseCode = new("enterprise_code", FieldType.Identifier, new("统一社会信用代码", "Enterprise code"))
    {
        Required = true,
        Synonyms = ["单位代码", "企业代码", "统一信用代码", "信用代码"],
        Meaning = new("单位的统一社会信用代码，更名不变", "Code of the enterprise in the register; a rename does not change it"),
    };

    public static readonly Field EnterpriseName = new("enterprise_name", FieldType.Text, new("单位名称", "Enterprise name"))
    {
        Required = true,
        Synonyms = ["企业名称", "单位详细名称", "填报单位名称"],
        Meaning = new("报告期末的单位名称", "Name of the enterprise at the end of the period"),
    };

    public static readonly Field Period = new("period", FieldType.Period, new("报告期", "Period"))
    {
        Required = true,
        Synonyms = ["年份", "报告年份", "统计年度", "所属期"],
        Meaning = new("年（2024）或累计到的月份（2026年1-9月）", "A year (2024), or the months a cumulative figure covers (2026年1-9月)"),
    };

    public static readonly Field Note = new("note", FieldType.Text, new("说明", "Explanation"))
    {
        Synonyms = ["备注", "情况说明"],
        Meaning = new("对异常数据的说明", "Explanation of what looks unusual"),
    };

    public static Field Money(string name, string zh, string en, params string[] synonyms) =>
        new(name, FieldType.Amount, new(zh, en)) { Unit = Unit.Wan, Synonyms = [.. synonyms] };

    public static Field Count(string name, string zh, string en, Unit unit, params string[] synonyms) =>
        new(name, FieldType.Count, new(zh, en)) { Unit = unit, Synonyms = [.. synonyms] };

    public static Field Coded(string name, string zh, string en, string codeList, bool required = true) =>
        new(name, FieldType.Code, new(zh, en)) { CodeList = codeList, Required = required };
}
