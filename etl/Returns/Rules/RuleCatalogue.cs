using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Text = Innovation1551.Models.Text;

namespace Innovation1551.Returns.Rules;

/// <summary>The rules on single returns and between returns. Thresholds come from <c>seeds/threshold.csv</c>.</summary>
public sealed class RuleCatalogue
{
    private static readonly Text Recheck = new("请核对原始记录，改正后重新报送", "check against your records, correct and send again");
    private static readonly Text Explain = new("请核对；如属实，请在“说明”栏说明原因", "check; if it is right, give the reason in the explanation column");

    private readonly Dictionary<string, string> thresholds;

    public RuleCatalogue(Definitions definitions)
    {
        const string path = "seeds/threshold.csv";
        thresholds = Seed.Parse(path, definitions[path]).Skip(1).ToDictionary(r => r[0], r =>
            decimal.TryParse(r[1], NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? number.ToString(CultureInfo.InvariantCulture)
                : throw new DefinitionException(path, 1, new($"阈值 {r[0]} 不是数字", $"threshold {r[0]} is not a number")), StringComparer.Ordinal);
        Register = [.. RegisterRules()];
        Returns = [.. RdSpendRules(), .. FinanceRules(), .. PatentRules(), .. AwardRules(), .. FormCatalogue.All.Where(f => f.Kind != FormKind.Register).SelectMany(IdentityRules)];
    }

    /// <summary>Rules on the register; they run first, because the others ask whether an enterprise is in it.</summary>
    public ImmutableArray<Rule> Register { get; }

    public ImmutableArray<Rule> Returns { get; }

    /// <summary>SHA-256 over all rules with their thresholds.</summary>
    public string Hash => field ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Register.Concat(Returns).Select(r => r.Sql)))));

    private string T(string name) => thresholds[name];

    private static IEnumerable<Rule> RegisterRules()
    {
        const string form = "enterprise_register";
        yield return new("V34", Severity.Error, form, "enterprise_code",
            "length(l.enterprise_code) = 18 and not landing.is_uscc(l.enterprise_code)",
            new("统一社会信用代码校验位不对", "the check character of the unified social credit code is wrong"), Recheck);
        yield return new("V33", Severity.Error, form, "valid_to", "l.valid_to < l.valid_from",
            new("失效日期早于生效日期（{0}）", "valid to is before valid from ({0})"), Recheck, "l.valid_from");
        yield return Duplicate(EnterpriseRegisterForm.Form);
    }

    private IEnumerable<Rule> RdSpendRules()
    {
        const string form = "rd_spend";
        yield return Balance("V01", form, "expense_total_wan", new("研究开发费用合计", "R&D expense"),
            "cost_personnel_wan", "cost_direct_input_wan", "cost_depreciation_wan", "cost_amortisation_wan", "cost_design_wan", "cost_commissioning_wan", "cost_outsourced_wan", "cost_other_wan");
        yield return Balance("V02", form, "cost_outsourced_wan", new("委托外部研究开发费用", "outsourced R&D"),
            "outsourced_institute_wan", "outsourced_university_wan", "outsourced_enterprise_wan", "outsourced_abroad_wan");
        yield return Balance("V03", form, "intramural_total_wan", new("R&D经费内部支出（按资金来源）", "intramural expenditure by source of funds"),
            "fund_gov_central_wan", "fund_gov_local_wan", "fund_enterprise_wan", "fund_abroad_wan", "fund_nonprofit_wan", "fund_other_wan");
        yield return Balance("V04", form, "intramural_total_wan", new("R&D经费内部支出（按活动类型）", "intramural expenditure by type of R&D"),
            "activity_basic_wan", "activity_applied_wan", "activity_experimental_wan");
        yield return Balance("V05", form, "intramural_total_wan", new("R&D经费内部支出（日常性＋资产性）", "intramural expenditure, current and capital"),
            "intramural_current_wan", "intramural_capital_wan");
        yield return new("V10", Severity.Error, form, "rd_personnel_fte", "l.rd_personnel_fte > l.rd_personnel_persons",
            new("全时当量 {0} 人年大于R&D人员 {1} 人", "{0} full-time equivalents exceed {1} persons"), Recheck, "l.rd_personnel_fte", "l.rd_personnel_persons");
        yield return new("V10", Severity.Error, form, "researchers_persons", "l.researchers_persons > l.rd_personnel_persons",
            new("研究人员 {0} 人多于R&D人员 {1} 人", "{0} researchers exceed {1} R&D personnel"), Recheck, "l.researchers_persons", "l.rd_personnel_persons");
        yield return new("V11", Severity.Warning, form, "rd_personnel_persons", "l.expense_total_wan > 0 and l.rd_personnel_persons = 0 or l.expense_total_wan = 0 and l.rd_personnel_persons > 0",
            new("研究开发费用（{0} 万元）与R&D人员（{1} 人）只填了一方", "R&D expense ({0} wan) and R&D personnel ({1}): only one of them is above zero"), Explain, "l.expense_total_wan", "l.rd_personnel_persons");
        yield return new("V24", Severity.Warning, form, "expense_total_prior_wan",
            "l.expense_total_prior_wan <> p.expense_total_wan and coalesce(l.note, '') = ''",
            new("本年上报的上年数 {0} 与上年报送数 {1} 不一致", "the comparative {0} differs from {1} returned last year"), Explain, "l.expense_total_prior_wan", "p.expense_total_wan") { Joins = Prior(form) };
        yield return new("V25", Severity.Error, form, "expense_total_wan", UnitSlip("l.expense_total_wan", "p.expense_total_wan"),
            new("本期 {0} 约为上年 {1} 的 {2} 倍，疑为计量单位错误", "{0} is about {2} times last year's {1}: probably the wrong unit"), Recheck,
            "l.expense_total_wan", "p.expense_total_wan", Multiple("l.expense_total_wan", "p.expense_total_wan")) { Joins = Prior(form) };
        yield return new("V26", Severity.Warning, form, "expense_total_wan",
            $"p.expense_total_wan > 0 and not ({UnitSlip("l.expense_total_wan", "p.expense_total_wan")}) and coalesce(l.note, '') = '' and abs(l.expense_total_wan / p.expense_total_wan - 1) * 100 > case when p.expense_total_wan >= {T("large_expense_wan")} then {T("change_large_percent")} else {T("change_percent")} end",
            new("研究开发费用由 {1} 变为 {0}，变动过大", "R&D expense moved from {1} to {0}: an unusual change"), Explain, "l.expense_total_wan", "p.expense_total_wan") { Joins = Prior(form) };
        yield return new("V26", Severity.Warning, form, "expense_total_wan", "p.expense_total_wan > 0 and l.expense_total_wan = p.expense_total_wan and coalesce(l.note, '') = ''",
            new("研究开发费用与上年完全相同（{0}）", "R&D expense is exactly last year's ({0})"), Explain, "l.expense_total_wan") { Joins = Prior(form) };
        yield return new("V28", Severity.Warning, form, "cost_personnel_wan",
            $"l.expense_total_wan > 0 and coalesce(l.note, '') = '' and l.cost_personnel_wan / l.expense_total_wan * 100 not between {T("personnel_share_min_percent")} and {T("personnel_share_max_percent")}",
            new("人员人工费用 {0} 占合计 {1} 的比重异常", "personnel cost {0} is an unusual share of {1}"), Explain, "l.cost_personnel_wan", "l.expense_total_wan");
        yield return new("V28", Severity.Warning, form, "cost_other_wan",
            $"l.expense_total_wan > 0 and coalesce(l.note, '') = '' and l.cost_other_wan / l.expense_total_wan * 100 > {T("other_share_max_percent")}",
            new("其他费用 {0} 占合计 {1} 的比重过高", "other cost {0} is a high share of {1}"), Explain, "l.cost_other_wan", "l.expense_total_wan");
        yield return new("V29", Severity.Warning, form, "rd_personnel_fte",
            $"l.rd_personnel_fte > 0 and l.period_month is null and coalesce(l.note, '') = '' and l.expense_total_wan / l.rd_personnel_fte not between {T("expense_per_fte_min_wan")} and {T("expense_per_fte_max_wan")}",
            new("人均研究开发费用异常：{0} 万元，{1} 人年", "unusual R&D expense per head: {0} wan for {1} person-years"), Explain, "l.expense_total_wan", "l.rd_personnel_fte");
        yield return new("V27", Severity.Warning, form, "expense_total_wan",
            $"f.revenue_wan > 0 and coalesce(l.note, '') = '' and l.expense_total_wan / f.revenue_wan * 100 > {T("intensity_max_percent")}",
            new("研发投入强度异常：研究开发费用 {0}，营业收入 {1}", "unusual R&D intensity: expense {0}, revenue {1}"), Explain, "l.expense_total_wan", "f.revenue_wan") { Joins = SamePeriod("finance", "f") };
        yield return new("V30", Severity.Error, form, "expense_total_wan", "l.expense_total_wan > f.operating_cost_wan",
            new("研究开发费用 {0} 大于营业总成本 {1}", "R&D expense {0} exceeds operating cost {1}"), Recheck, "l.expense_total_wan", "f.operating_cost_wan") { Joins = SamePeriod("finance", "f") };
        foreach (var field in RdSpendForm.Form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count && !f.MayBeNegative))
            yield return Negative(form, field);
    }

    private static IEnumerable<Rule> FinanceRules()
    {
        yield return new("V25", Severity.Error, "finance", "revenue_wan", UnitSlip("l.revenue_wan", "p.revenue_wan"),
            new("本期 {0} 约为上年 {1} 的 {2} 倍，疑为计量单位错误", "{0} is about {2} times last year's {1}: probably the wrong unit"), Recheck,
            "l.revenue_wan", "p.revenue_wan", Multiple("l.revenue_wan", "p.revenue_wan")) { Joins = Prior("finance") };
        foreach (var field in FinanceForm.Form.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count && !f.MayBeNegative))
            yield return Negative("finance", field);
    }

    private static IEnumerable<Rule> PatentRules()
    {
        const string form = "patents";
        yield return new("V16", Severity.Error, form, "application_no", "not landing.is_application_no(l.application_no)",
            new("申请号格式或校验位不对", "the application number has a wrong shape or check digit"), Recheck);
        yield return new("V16", Severity.Error, form, "patent_type",
            "landing.is_application_no(l.application_no) and case l.application_no[5] when '1' then 'I' when '8' then 'I' when '2' then 'U' when '9' then 'U' else 'D' end <> l.patent_type",
            new("专利类型与申请号（{0}）第5位不一致", "the type does not agree with the fifth digit of {0}"), Recheck, "l.application_no");
        yield return new("V15", Severity.Error, form, "event_date",
            "l.event <> 'FILE' and l.event_date < filed.event_date",
            new("事件日期 {0} 早于申请日 {1}", "the event on {0} is before the filing on {1}"), Recheck, "l.event_date", "filed.event_date")
        {
            Joins = "join (select application_no, min(event_date) as event_date from landing.patents where event = 'FILE' group by all) as filed on filed.application_no = l.application_no",
        };
        yield return new("V33", Severity.Error, form, "event_date", "year(l.event_date) > l.period_year",
            new("事件日期 {0} 晚于报告期 {1}", "the event on {0} is later than the period {1}"), Recheck, "l.event_date", "l.period_year");
    }

    private static IEnumerable<Rule> AwardRules()
    {
        const string form = "awards";
        yield return new("V18", Severity.Error, form, "unit_rank", "l.unit_rank < 1 or l.unit_rank > l.unit_count",
            new("位次 {0} 不在 1 到完成单位数 {1} 之间", "rank {0} is not between 1 and the number of units {1}"), Recheck, "l.unit_rank", "l.unit_count");
        yield return new("V18", Severity.Error, form, "unit_rank", "other.n > 1",
            new("同一奖励有 {1} 个单位填报位次 {0}", "{1} units claim rank {0} of the same award"), Recheck, "l.unit_rank", "other.n")
        {
            Joins = "join (select certificate_no, unit_rank, count(distinct enterprise_code) as n from landing.last_awards group by all) as other on other.certificate_no = l.certificate_no and other.unit_rank = l.unit_rank",
        };
        yield return new("V18", Severity.Error, form, "unit_share_percent", "l.unit_share_percent < 0 or l.unit_share_percent > 100",
            new("份额 {0}% 不在 0 到 100 之间", "a share of {0} % is not between 0 and 100"), Recheck, "l.unit_share_percent");
        yield return new("V20", Severity.Error, form, "award_grade", "l.award_scheme in ('TOP', 'COOP') and l.award_grade <> 'N'",
            new("该奖种不分等级", "this scheme has no grades"), Recheck);
    }

    private static IEnumerable<Rule> IdentityRules(Form form)
    {
        yield return new("E01", Severity.Error, form.Id, "enterprise_code", "k.enterprise_code is null",
            new("企业名录中没有代码 {0}（{1}）", "the register has no code {0} ({1})"),
            new("请核对代码；新设单位请先报送企业名录", "check the code; a new enterprise first sends its register form"), "l.enterprise_code", "l.enterprise_name")
        { Joins = "left join landing.known_enterprise as k on k.enterprise_code = l.enterprise_code" };
        yield return new("V34", Severity.Warning, form.Id, "enterprise_name", "not list_contains(k.names, replace(l.enterprise_name, ' ', ''))",
            new("单位名称“{0}”不是该代码的现名、曾用名或简称", "\"{0}\" is neither a present, a former nor a short name of this code"),
            new("请按企业名录填写；更名的，请报送名录变动及生效日期", "use the name in the register; report a rename with its date"), "l.enterprise_name")
        { Joins = "join landing.known_enterprise as k on k.enterprise_code = l.enterprise_code" };
        yield return new("V41", Severity.Warning, form.Id, "enterprise_code", "same.returns > 1",
            new("该单位同一报告期有 {0} 份报表，修订版次和填表日期都相同，分不出先后", "{0} returns of this enterprise and period have the same revision and fill date: which one is the later cannot be told"),
            new("请在后报的一份中填写更高的修订版次", "give the later one a higher revision number"), "same.returns")
        {
            Joins = $"join (select t.file_no, t.sheet_no, min(t.source_row) as source_row, count(*) over (partition by t.enterprise_code, t.period_year, t.period_month, s.revision, s.filled_on) as returns from landing.{form.Id} as t join landing.sheet as s on s.file_no = t.file_no and s.sheet_no = t.sheet_no group by t.file_no, t.sheet_no, t.enterprise_code, t.period_year, t.period_month, s.revision, s.filled_on) as same on same.file_no = l.file_no and same.sheet_no = l.sheet_no and same.source_row = l.source_row",
        };
        yield return Duplicate(form);
    }

    private static Rule Duplicate(Form form)
    {
        var key = string.Join(", ", ((string[])["file_no", "sheet_no", "enterprise_code"])
            .Concat(form.Fields.Contains(CommonFields.Period) ? ["period_year", "period_month"] : [])
            .Concat(form.Key).Select(k => "l." + k));
        return new("V17", Severity.Error, form.Id, "enterprise_code", "d.place > 1",
            new("与第 {0} 行重复", "repeats row {0}"), new("请删除重复的一行", "delete one of the two rows"), "d.first_row")
        {
            Joins = $"join (select file_no, sheet_no, source_row, row_number() over same as place, first_value(source_row) over same as first_row from landing.{form.Id} as l window same as (partition by {key} order by source_row)) as d on d.file_no = l.file_no and d.sheet_no = l.sheet_no and d.source_row = l.source_row",
        };
    }

    /// <summary>
    /// Total = sum of parts, within what rounding can do: half a unit of the last place that the row uses, for the total and for each part.
    /// A block of which no part is filled in is not asked to balance.
    /// </summary>
    private static Rule Balance(string id, string form, string total, Text name, params string[] parts)
    {
        var sum = string.Join(" + ", parts.Select(p => $"coalesce(l.{p}, 0)"));
        var some = $"coalesce({string.Join(", ", parts.Select(p => "l." + p))}) is not null";
        return new(id, Severity.Error, form, total,
            $"{some} and abs(coalesce(l.{total}, 0) - ({sum})) > landing.last_place([l.{total}, {string.Join(", ", parts.Select(p => "l." + p))}]) * {(parts.Length + 1).ToString(CultureInfo.InvariantCulture)} / 2",
            new(name.Zh + "为 {0}，各分项之和为 {1}，相差 {2}", name.En + " is {0}, its parts sum to {1}: a difference of {2}"), Recheck,
            $"l.{total}", $"({sum})", $"(coalesce(l.{total}, 0) - ({sum}))") { Balance = new(total, [.. parts], []) };
    }

    private static Rule Negative(string form, Field field) => new("V32", Severity.Error, form, field.Name, $"l.{field.Name} < 0 and coalesce(l.note, '') not like '%红字%'",
        new($"“{field.Label.Zh}”为负数（{{0}}）", $"\"{field.Label.En}\" is negative ({{0}})"),
        new("请改正；确为红字更正的，请在“说明”栏注明“红字更正”", "correct it; a red-letter correction is marked 红字更正 in the explanation column"), "l." + field.Name);

    /// <summary>Last year's return of the same enterprise for the same months, in the version that ranks last.</summary>
    private static string Prior(string form) =>
        $"join landing.last_{form} as p on p.enterprise_code = l.enterprise_code and p.period_year = l.period_year - 1 and p.period_month is not distinct from l.period_month";

    private static string SamePeriod(string form, string alias) =>
        $"join landing.last_{form} as {alias} on {alias}.enterprise_code = l.enterprise_code and {alias}.period_year = l.period_year and {alias}.period_month is not distinct from l.period_month";

    /// <summary>About 10, 100, 1,000 or 10,000 times, or that part of, last year's figure (within 5 percent).</summary>
    private static string UnitSlip(string now, string before) =>
        $"coalesce(abs({Magnitude(now, before)}) between 0.97 and 4.03 and abs({Magnitude(now, before)} - round({Magnitude(now, before)})) < 0.0212, false)";

    /// <summary>Decimal logarithm of the quotient. The condition stands inside, because SQL may evaluate the sides of an "and" in any order, and a logarithm of zero ends the whole run.</summary>
    private static string Magnitude(string now, string before) => $"log10(case when {now} > 0 and {before} > 0 then cast({now} as double) / cast({before} as double) end)";

    private static string Multiple(string now, string before) => $"case when {now} >= {before} then '' else '1/' end || cast(cast(round(pow(10, abs(round({Magnitude(now, before)})))) as integer) as varchar)";
}
