using static Innovation1551.Returns.Forms.CommonFields;

namespace Innovation1551.Returns.Forms;

/// <summary>
/// R&amp;D activity and spend, after the layout of form 107-2: eight cost items, types of activity and sources of funds.
/// Two bases stand side by side and are never added: the expense total (items 1 to 8) and intramural expenditure
/// (activities, sources, current and capital each sum to it).
/// </summary>
public static class RdSpendForm
{
    public static readonly Form Form = new(
        "rd_spend",
        new("研究开发活动及费用情况", "R&D activity and spend"),
        new("一行为一个单位的一个报告期", "one row per enterprise and period"),
        FormKind.State,
        [
            EnterpriseCode,
            EnterpriseName,
            Period,
            Money("expense_total_wan", "研究开发费用合计", "R&D expense, total") with
            {
                Headings = [new(2020, "研究开发费用合计"), new(2023, "研究开发费用（本期合计）")],
            },
            Money("cost_personnel_wan", "人员人工费用", "Personnel"),
            Money("cost_direct_input_wan", "直接投入费用", "Direct input"),
            Money("cost_depreciation_wan", "折旧费用与长期待摊费用", "Depreciation and long-term prepaid", "折旧费用与长期费用摊销"),
            Money("cost_amortisation_wan", "无形资产摊销费用", "Intangible amortisation"),
            Money("cost_design_wan", "设计费用", "Design"),
            Money("cost_commissioning_wan", "装备调试费用与试验费用", "Commissioning and testing"),
            Money("cost_outsourced_wan", "委托外部研究开发费用", "Outsourced R&D"),
            Money("outsourced_institute_wan", "其中：委托境内研究机构", "of which: domestic institutes", "委托境内研究机构"),
            Money("outsourced_university_wan", "其中：委托境内高等学校", "of which: domestic universities", "委托境内高等学校"),
            Money("outsourced_enterprise_wan", "其中：委托境内企业", "of which: domestic enterprises", "委托境内企业"),
            Money("outsourced_abroad_wan", "其中：委托境外机构", "of which: abroad", "委托境外机构"),
            Money("cost_other_wan", "其他费用", "Other cost"),
            Money("expense_total_prior_wan", "上年同期研究开发费用合计", "R&D expense, same period of last year", "研究开发费用合计（上年同期）"),
            Money("intramural_total_wan", "R&D经费内部支出", "Intramural R&D expenditure", "研究与试验发展经费内部支出"),
            Money("activity_basic_wan", "基础研究支出", "Basic research"),
            Money("activity_applied_wan", "应用研究支出", "Applied research"),
            Money("activity_experimental_wan", "试验发展支出", "Experimental development"),
            Money("intramural_current_wan", "日常性支出", "Current expenditure"),
            Money("intramural_capital_wan", "资产性支出", "Capital expenditure"),
            Money("fund_gov_central_wan", "中央政府资金", "Funds: central government"),
            Money("fund_gov_local_wan", "地方政府资金", "Funds: local government"),
            Money("fund_enterprise_wan", "企业资金", "Funds: enterprises"),
            Money("fund_abroad_wan", "境外资金", "Funds: abroad"),
            Money("fund_nonprofit_wan", "非营利组织资金", "Funds: non-profit organisations"),
            Money("fund_other_wan", "其他资金", "Funds: other"),
            Money("intramural_total_prior_wan", "上年同期R&D经费内部支出", "Intramural R&D expenditure, same period of last year"),
            Count("rd_personnel_persons", "R&D人员", "R&D personnel", Unit.Person, "R&D人员合计"),
            Count("researchers_persons", "其中：研究人员", "of which: researchers", Unit.Person, "研究人员"),
            Count("rd_personnel_fte", "R&D人员全时当量", "R&D personnel, full-time equivalent", Unit.PersonYear) with
            {
                Type = FieldType.Amount,
            },
            Note,
        ]
    )
    {
        Sent = Cadence.Either,
        Editions = [2020, 2023],
    };
}
