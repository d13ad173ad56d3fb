using System.Globalization;
using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>Who reports, for when, and which of several returns is the later one: rules on the register and on every form.</summary>
internal static class IdentityRules
{
    /// <summary>The sheet that a row stands on: its fill date, revision and edition.</summary>
    public const string Sheet = "join landing.sheet as s on s.file_no = l.file_no and s.sheet_no = l.sheet_no";

    private const string Known = "left join known_enterprise as k on k.enterprise_code = l.enterprise_code";

    /// <summary>The enterprise of the row is a capital operator at the end of the period: it holds the groups, which report themselves.</summary>
    public const string IsOperator =
        "(len(k.operator) > 0 and len(list_filter(k.operator, o -> last_day(make_date(l.period_year, coalesce(l.period_month, 12), 1)) between o.begins_on and o.ends_on)) > 0)";

    public static IEnumerable<Rule> OfRegister(Thresholds limits)
    {
        const string form = "enterprise_register";
        yield return new(
            "V34",
            Severity.Error,
            form,
            "enterprise_code",
            "length(l.enterprise_code) = 18 and not landing.is_uscc(l.enterprise_code)",
            new("统一社会信用代码校验位不对", "the check character of the unified social credit code is wrong"),
            Recheck
        );
        yield return new(
            "V33",
            Severity.Error,
            form,
            "valid_to",
            "l.valid_to < l.valid_from",
            new("失效日期早于生效日期（{0}）", "valid to is before valid from ({0})"),
            Recheck,
            "l.valid_from"
        );
        yield return new(
            "V34",
            Severity.Warning,
            form,
            "enterprise_name",
            "before.enterprise_name <> l.enterprise_name and coalesce(l.change_kind, 'NEW') = 'NEW'",
            new("名称由“{0}”变为“{1}”，未注明更名及生效日期", "the name changed from \"{0}\" to \"{1}\" and no rename is stated"),
            new("请在“变动类型”栏填“更名”，并核对生效日期", "state the rename as the kind of change and check the date from which it holds"),
            "before.enterprise_name",
            "l.enterprise_name"
        )
        {
            IsAnsweredByNote = false,
            Joins = """
                asof join (select enterprise_code, valid_from + 1 as later, any_value(enterprise_name order by enterprise_name) as enterprise_name from landing.enterprise_register group by all) as before
                    on before.enterprise_code = l.enterprise_code and l.valid_from >= before.later
                """,
        };
        yield return new(
            "V27",
            Severity.Error,
            form,
            "split_share_percent",
            "l.split_share_percent < 0 or l.split_share_percent > 100",
            new("承接比例 {0}% 不在 0 到 100 之间", "a share of {0} % is not between 0 and 100"),
            Recheck,
            "l.split_share_percent"
        );
        yield return Fraction(form, "split_share_percent", limits);
        yield return new(
            "V38",
            Severity.Warning,
            form,
            "change_kind",
            "l.change_kind = 'SPLIT' and l.split_share_percent is null",
            new(
                "自 {0} 分立，未注明承接比例：增速中两方合并计算，分集团的变动不可追溯",
                "split from {0} without the share taken over: growth takes both sides as one, and a group's part of the change stays unknown"
            ),
            new("请填写“分立承接比例”；确不可得的，请在“说明”栏说明", "give the share taken over; where it is not to be had, say so in the note"),
            "l.predecessor_codes"
        );
        yield return Duplicate(EnterpriseRegisterForm.Form);
    }

    /// <summary>The rules that every form has; those on a sheet alone are judged in one scan.</summary>
    public static IEnumerable<Rule> Of(Form form)
    {
        Rule[] ofOneSheet =
        [
            new(
                "E01",
                Severity.Error,
                form.Id,
                "enterprise_code",
                "k.enterprise_code is null",
                new("企业名录中没有代码 {0}（{1}）", "the register has no code {0} ({1})"),
                new("请核对代码；新设单位请先报送企业名录", "check the code; a new enterprise first sends its register form"),
                "l.enterprise_code",
                "l.enterprise_name"
            ),
            new(
                "E08",
                Severity.Error,
                form.Id,
                "enterprise_code",
                IsOperator,
                new(
                    "{0}是国有资本运营公司，所持集团另行报送：本行计入会使合计重复",
                    "{0} is the capital operator, and the groups that it holds report themselves: with this row totals would count twice"
                ),
                new(
                    "请由各集团和子企业报送；确是其本身的业务，请在企业名录中以子企业另列代码",
                    "the groups and their subsidiaries report; business of its own goes under a code of its own, entered in the register as a subsidiary"
                ),
                "l.enterprise_name"
            ),
            new(
                "V34",
                Severity.Warning,
                form.Id,
                "enterprise_name",
                "not list_contains(k.names, replace(l.enterprise_name, ' ', ''))",
                new("单位名称“{0}”不是该代码的现名、曾用名或简称", "\"{0}\" is neither a present, a former nor a short name of this code"),
                new("请按企业名录填写；更名的，请报送名录变动及生效日期", "use the name in the register; report a rename with its date"),
                "l.enterprise_name"
            )
            {
                IsAnsweredByNote = false,
            },
            new(
                "V33",
                Severity.Warning,
                form.Id,
                "period",
                "s.filled_on < last_day(make_date(l.period_year, coalesce(l.period_month, 12), 1))",
                new("报告期 {0} 尚未结束即已填报（填报日 {1}）", "filled in on {1}, before the period {0} was over"),
                Explain,
                PeriodText,
                "s.filled_on"
            ),
            .. form.Editions.Length == 1
                ? (Rule[])[]
                :
                [
                    new(
                        "V33",
                        Severity.Warning,
                        form.Id,
                        "period",
                        $"s.edition <> {EditionFor(form)}",
                        new("报表版本 {0} 与报告期 {1} 不匹配，应使用 {2} 版", "edition {0} does not fit the period {1}: use edition {2}"),
                        new(
                            "请换用该报告期的模板；内容确实一致的，请在“说明”栏说明",
                            "use the template of that period, or say in the explanation column that the content is the same"
                        ),
                        "s.edition",
                        PeriodText,
                        EditionFor(form)
                    ),
                ],
            .. form.RowsNameTheirOwnPeriod
                ? (Rule[])[]
                :
                [
                    new(
                        "V33",
                        Severity.Error,
                        form.Id,
                        "period",
                        "l.period_year <> s.stated_year or s.stated_month is not null and l.period_month is distinct from s.stated_month",
                        new("本行报告期为 {0}，表头所写报告期为 {1}", "the row is for {0}, the head of the sheet says {1}"),
                        new(
                            "请核对：一张表只填一个报告期；往年数据请另表报送修订版",
                            "a sheet holds one period: correct the row or the head; send figures of another year as a revision of their own"
                        ),
                        PeriodText,
                        "s.stated_year || coalesce('-' || s.stated_month, '')"
                    ),
                ],
            .. form.Sent switch
            {
                Cadence.Months => (Rule[])
                    [
                        new(
                            "V33",
                            Severity.Error,
                            form.Id,
                            "period",
                            "l.period_month is null",
                            new("月度报表的报告期须写到月份，读到 {0} 年", "a monthly return names its month; {0} was read"),
                            new("请写明累计到的月份，如“2026年1-9月”", "name the months it covers from January, such as 2026年1-9月"),
                            "l.period_year"
                        ),
                    ],
                Cadence.Years =>
                [
                    new(
                        "V33",
                        Severity.Error,
                        form.Id,
                        "period",
                        "l.period_month is not null",
                        new(
                            "年度报表的报告期只写年份，读到 {0}；写了月份的行不进入任何统计",
                            "an annual return names its year only; {0} was read, and a row with a month enters no figure"
                        ),
                        new("请把报告期改为年份，如“2025年”", "name the year alone, such as 2025年"),
                        PeriodText
                    ),
                ],
                _ => [],
            },
            new(
                "V34",
                Severity.Warning,
                form.Id,
                "enterprise_code",
                "k.enterprise_code is not null and length(s.reporter_code) = 18 and starts_with(s.reporter_code, '9') and s.reporter_code <> l.enterprise_code and not list_contains(k.above, s.reporter_code)",
                new(
                    "填报单位“{1}”不是本行单位“{0}”，也不是其上级单位",
                    "the reporting unit \"{1}\" is neither the enterprise of this row, \"{0}\", nor above it"
                ),
                new(
                    "请由本单位或其上级单位填报；上下级关系有变动的，请先报送企业名录",
                    "it is reported by itself or by a unit above it; where that has changed, send the register form first"
                ),
                "l.enterprise_name",
                "coalesce((select any_value(r.name) from known_enterprise as r where r.enterprise_code = s.reporter_code), s.reporter_code)"
            )
            {
                IsAnsweredByNote = false,
            },
        ];
        return ofOneSheet.Select(r => r with { Joins = $"{Sheet} {Known}", IsShared = true }).Append(Duplicate(form)).Append(Undated(form));
    }

    /// <summary>Where an enterprise stands in several returns of one period, revision and fill date: the first row of each.</summary>
    private static Rule Undated(Form form) =>
        new(
            "V41",
            Severity.Warning,
            form.Id,
            "enterprise_code",
            "same.returns > 1",
            new(
                "该单位同一报告期有 {0} 份报表，修订版次和填表日期都相同，分不出先后",
                "{0} returns of this enterprise and period have the same revision and fill date: which one is the later cannot be told"
            ),
            new("请在后报的一份中填写更高的修订版次", "give the later one a higher revision number"),
            "same.returns"
        )
        {
            IsAnsweredByNote = false,
            IsShared = true,
            Joins = "join undated as same on same.form = l.form and same.file_no = l.file_no and same.sheet_no = l.sheet_no and same.source_row = l.source_row",
            Prepared = (
                "undated",
                $"""
                with dated as (
                    select k.form, k.enterprise_code, k.period_year, k.period_month, s.revision, s.filled_on, k.file_no, k.sheet_no, k.first_row as source_row
                    from {AcceptedRows.Stated} as k
                    semi join (select form, enterprise_code, period_year, period_month from {AcceptedRows.Stated} group by all having count(*) > 1) as n
                        on n.form = k.form and n.enterprise_code is not distinct from k.enterprise_code and n.period_year is not distinct from k.period_year
                            and n.period_month is not distinct from k.period_month
                    join landing.sheet as s on s.file_no = k.file_no and s.sheet_no = k.sheet_no
                )
                select d.form, d.file_no, d.sheet_no, d.source_row, same.returns
                from dated as d
                join (
                    select form, enterprise_code, period_year, period_month, revision, filled_on, count(*) as returns from dated group by all having count(*) > 1
                ) as same on same.form = d.form and same.enterprise_code is not distinct from d.enterprise_code and same.period_year is not distinct from d.period_year
                    and same.period_month is not distinct from d.period_month and same.revision is not distinct from d.revision and same.filled_on is not distinct from d.filled_on
                """
            ),
        };

    private static string Repeated(Form form) =>
        $"join repeated_{form.Id} as d on {string.Join(" and ", KeyInSheet(form).Select(k => $"d.{k} is not distinct from l.{k}"))}";

    /// <summary>Keys that stand twice in a sheet, with their first row. They are found by grouping, which is much cheaper than numbering every row.</summary>
    private static (string, string) Repetitions(Form form) =>
        (
            $"repeated_{form.Id}",
            $"select {string.Join(", ", KeyInSheet(form))}, min(source_row) as first_row from {Rule.Fresh}{form.Id} group by all having count(*) > 1"
        );

    private static IEnumerable<string> KeyInSheet(Form form) =>
        ((string[])["file_no", "sheet_no", "enterprise_code"])
            .Concat(form.Fields.Contains(CommonFields.Period) ? ["period_year", "period_month"] : [])
            .Concat(form.Key);

    private static Rule Duplicate(Form form) =>
        new(
            "V17",
            Severity.Error,
            form.Id,
            "enterprise_code",
            "d.first_row < l.source_row",
            new("与第 {0} 行重复", "repeats row {0}"),
            new("请删除重复的一行", "delete one of the two rows"),
            "d.first_row"
        )
        {
            Joins = Repeated(form),
            Prepared = Repetitions(form),
        };

    private const string PeriodText = "l.period_year || coalesce('-' || l.period_month, '')";

    /// <summary>The edition in force in the period: the last one not younger than it.</summary>
    private static string EditionFor(Form form) =>
        "case "
        + string.Concat(
            form.Editions.Order().Skip(1).Reverse().Select(e => string.Create(CultureInfo.InvariantCulture, $"when l.period_year >= {e} then {e} "))
        )
        + string.Create(CultureInfo.InvariantCulture, $"else {form.Editions.Min()} end");
}
