using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using static Innovation1551.Returns.Rules.RuleSql;

namespace Innovation1551.Returns.Rules;

/// <summary>The rules on projects, platforms, talent, titles, achievements and policies.</summary>
internal static class ProgrammeRules
{
    public static IEnumerable<Rule> All(Definitions definitions, Thresholds limits) =>
        [
            .. Projects(limits),
            .. Platforms(definitions),
            .. Talent(limits),
            .. Titles(),
            .. Achievements(definitions, limits),
            .. Policies(limits),
            .. TaskRules.All(limits),
            .. CorrectionRules.All(),
            .. EvaluationRules.All(definitions),
            // Ranks and numbers of units of awards are held by their own rules.
            .. (
                (Form[])[ProjectForm.Form, TalentForm.Form, DigitalSceneForm.Form, OriginSourceForm.Form, ConsortiumForm.Form, PolicyUptakeForm.Form]
            ).SelectMany(Negatives),
        ];

    private static IEnumerable<Rule> Projects(Thresholds limits)
    {
        const string form = "projects";
        yield return new(
            "V22",
            Severity.Error,
            form,
            "end_date",
            "l.end_date < l.start_date",
            new("完成日期 {0} 早于立项日期 {1}", "completion on {0} is before the start on {1}"),
            Recheck,
            "l.end_date",
            "l.start_date"
        );
        yield return new(
            "V33",
            Severity.Error,
            form,
            "start_date",
            "year(l.start_date) > l.period_year",
            new("立项日期 {0} 晚于报告期 {1} 年", "the start on {0} is later than the period {1}"),
            Recheck,
            "l.start_date",
            "l.period_year"
        );
        yield return new(
            "V33",
            Severity.Error,
            form,
            "end_date",
            "year(l.end_date) < l.period_year and l.end_date >= l.start_date",
            new("项目已于 {0} 完成，不覆盖报告期 {1} 年", "the project was completed on {0} and does not reach the period {1}"),
            Recheck,
            "l.end_date",
            "l.period_year"
        );
        yield return new(
            "V22",
            Severity.Warning,
            form,
            "funds_arrived_wan",
            "l.funds_arrived_wan > l.funds_approved_wan and l.funds_approved_wan >= 0",
            new("累计到位经费 {0} 大于批复经费总额 {1}", "funds arrived {0} exceed funds approved {1}"),
            Explain,
            "l.funds_arrived_wan",
            "l.funds_approved_wan"
        );
        yield return new(
            "V10",
            Severity.Error,
            form,
            "person_months",
            "l.person_months > l.participants_persons * 12 and l.participants_persons >= 0",
            new("人员实际工作时间 {0} 人月多于 {1} 人一年所能", "{0} person-months are more than {1} persons can work in a year"),
            Recheck,
            "l.person_months",
            "l.participants_persons"
        );
        yield return new(
            "V09",
            Severity.Error,
            form,
            "expense_gov_wan",
            "l.expense_gov_wan > l.expense_wan and l.expense_wan >= 0",
            new("政府资金支出 {0} 大于项目经费支出 {1}", "expense from government funds {0} exceeds the project's expense {1}"),
            Recheck,
            "l.expense_gov_wan",
            "l.expense_wan"
        );
        yield return new(
            "V08",
            Severity.Error,
            form,
            "expense_wan",
            "u.expense_total_wan > 0 and l.source_row = s.first_row and s.expense_wan > u.expense_total_wan + s.n * 0.005",
            new(
                "该单位各项目经费支出之和 {0} 大于单位研究开发费用合计 {1}",
                "the projects of the enterprise spend {0} together, more than its R&D expense {1}"
            ),
            Recheck,
            "s.expense_wan",
            "u.expense_total_wan"
        )
        {
            Joins = Sums,
        };
        yield return new(
            "V11",
            Severity.Warning,
            form,
            "expense_wan",
            "u.expense_total_wan = 0 and l.source_row = s.first_row and s.expense_wan > 0",
            new("有项目经费支出 {0}，单位研究开发费用合计为 {1}", "projects spend {0} but the R&D expense of the enterprise is {1}"),
            Explain,
            "s.expense_wan",
            "u.expense_total_wan"
        )
        {
            Joins = Sums,
        };
        yield return new(
            "V09",
            Severity.Error,
            form,
            "expense_gov_wan",
            "u.fund_gov_central_wan + u.fund_gov_local_wan >= 0 and l.source_row = s.first_row and s.expense_gov_wan > u.fund_gov_central_wan + u.fund_gov_local_wan + s.n * 0.005",
            new(
                "该单位各项目政府资金支出之和 {0} 大于单位政府资金 {1}",
                "the projects of the enterprise spend {0} of government funds, more than the {1} of the enterprise"
            ),
            Recheck,
            "s.expense_gov_wan",
            "(u.fund_gov_central_wan + u.fund_gov_local_wan)"
        )
        {
            Joins = Sums,
        };
        yield return new(
            "V22",
            Severity.Warning,
            form,
            "project_status",
            $"l.project_status = 'RUN' and l.end_date >= l.start_date and year(l.end_date) = l.period_year and l.end_date + {limits["overdue_days"]} < last_day(make_date(l.period_year, coalesce(l.period_month, 12), 1))",
            new("计划完成日期 {1} 早已过去，项目状态仍为“{0}”", "the planned completion on {1} is long past and the state is still \"{0}\""),
            Explain,
            "l.project_status",
            "l.end_date"
        );
        yield return MoreThanEmployees(form, "participants_persons", new("参加项目人员", "participants of the project"));
        yield return Unit(ProjectForm.Form, "funds_approved_wan", new("批复经费总额", "funds approved"), limits);
    }

    /// <summary>The projects of one return of an enterprise together, and what the enterprise says of the same period as a whole.</summary>
    private static readonly string Sums = $"""
        join (select file_no, sheet_no, enterprise_code, period_year, period_month, min(source_row) as first_row, count(*) as n, sum(expense_wan) as expense_wan, sum(expense_gov_wan) as expense_gov_wan
            from landing.projects group by all) as s
            on s.file_no = l.file_no and s.sheet_no = l.sheet_no and s.enterprise_code = l.enterprise_code and s.period_year = l.period_year and s.period_month is not distinct from l.period_month
        join {Rule.Accepted}rd_spend as u on u.enterprise_code = l.enterprise_code and u.period_year = l.period_year and u.period_month is not distinct from l.period_month
        """;

    private static IEnumerable<Rule> Platforms(Definitions definitions)
    {
        const string form = "platforms";
        var levels = Column(definitions, "platform_kind", "parent");
        yield return new(
            "V21",
            Severity.Error,
            form,
            "platform_level",
            string.Join(
                " or ",
                levels
                    .Where(k => k.Value.Length > 0)
                    .GroupBy(k => k.Value)
                    .Select(g => $"l.platform_kind in ({List(g.Select(k => k.Key))}) and l.platform_level <> '{g.Key}'")
            ),
            new("平台级别“{0}”与平台类型“{1}”不匹配", "the level \"{0}\" does not fit the kind of platform \"{1}\""),
            Recheck,
            "l.platform_level",
            "l.platform_kind"
        );
        yield return new(
            "V33",
            Severity.Error,
            form,
            "event_date",
            "year(l.event_date) > l.period_year",
            new("变化日期 {0} 晚于报告期 {1} 年", "the step on {0} is later than the period {1}"),
            Recheck,
            "l.event_date",
            "l.period_year"
        );
        yield return new(
            "V17",
            Severity.Warning,
            form,
            "platform_name",
            "twice.first_no <> twice.last_no",
            new(
                "同一单位的平台“{0}”以编号 {1} 和 {2} 各报一次，会计为两个平台",
                "the enterprise reports the platform \"{0}\" under the numbers {1} and {2}: it would count as two"
            ),
            new(
                "同一平台请始终用同一编号；确为两个平台的，请在“说明”栏说明",
                "use one number for one platform; if there are two of that name, say so in the explanation column"
            ),
            "l.platform_name",
            "twice.first_no",
            "twice.last_no"
        )
        {
            Joins = "join doubled_platforms as twice on twice.enterprise_code = l.enterprise_code and twice.name = replace(l.platform_name, ' ', '')",
            Prepared = (
                "doubled_platforms",
                $"""
                select enterprise_code, replace(platform_name, ' ', '') as name, min(platform_no) as first_no, max(platform_no) as last_no
                from {Rule.Accepted}platforms group by 1, 2 having min(platform_no) <> max(platform_no)
                """
            ),
        };
    }

    private static IEnumerable<Rule> Talent(Thresholds limits)
    {
        const string form = "talent";
        const string union = "(l.managers_persons + l.professionals_persons - l.managers_professionals_persons + coalesce(l.skilled_persons, 0))";
        yield return new(
            "V10",
            Severity.Error,
            form,
            "managers_professionals_persons",
            "l.managers_professionals_persons > least(l.managers_persons, l.professionals_persons) and least(l.managers_persons, l.professionals_persons) >= 0",
            new("兼为两类人才 {0} 人，多于其中较少的一类", "{0} people in both teams are more than the smaller team has"),
            Recheck,
            "l.managers_professionals_persons"
        );
        yield return new(
            "V07",
            Severity.Error,
            form,
            "talent_persons",
            $"l.managers_professionals_persons <= least(l.managers_persons, l.professionals_persons) and least(l.talent_persons, coalesce(l.skilled_persons, 0)) >= 0 and (l.talent_persons > {union} or l.talent_persons < greatest(l.managers_persons, l.professionals_persons, l.skilled_persons))",
            new(
                "人才总数 {0} 人应不多于各队伍扣除重叠后的 {1} 人，也不少于任一队伍",
                "the total of {0} must be at most the teams less the overlap ({1}) and at least any one team"
            ),
            Recheck,
            "l.talent_persons",
            union
        );
        const string kinds =
            "(coalesce(l.flexible_concurrent_persons, 0) + coalesce(l.flexible_migratory_persons, 0) + coalesce(l.flexible_weekend_persons, 0))";
        yield return new(
            "V10",
            Severity.Error,
            form,
            "flexible_persons",
            $"least(l.flexible_persons, l.flexible_concurrent_persons, l.flexible_migratory_persons, l.flexible_weekend_persons) >= 0 and {kinds} > l.flexible_persons",
            new("柔性引进人才 {0} 人，少于各种方式之和 {1} 人", "{0} flexible recruits are fewer than their kinds together, {1}"),
            Recheck,
            "l.flexible_persons",
            kinds
        );
        yield return TooMany(form, "academicians_persons", limits["academicians_max_persons"], new("全职两院院士", "full-time academicians"));
        yield return MoreThanEmployees(form, "talent_persons", new("人才总数", "talent"));
        yield return MoreThanEmployees(form, "rd_talent_persons", new("R&D人员", "R&D personnel"));
    }

    private static IEnumerable<Rule> Titles()
    {
        const string form = "enterprise_titles";
        yield return new(
            "V36",
            Severity.Error,
            form,
            "valid_to",
            "l.valid_to < l.valid_from",
            new("有效期止 {0} 早于有效期起 {1}", "valid to {0} is before valid from {1}"),
            Recheck,
            "l.valid_to",
            "l.valid_from"
        );
        yield return new(
            "V36",
            Severity.Warning,
            form,
            "valid_to",
            "l.valid_to >= l.valid_from and year(l.valid_to) < l.period_year",
            new("该资格已于 {0} 到期，不在报告期 {1} 年有效", "the title ended on {0} and is not in force in the period {1}"),
            Explain,
            "l.valid_to",
            "l.period_year"
        );
        yield return new(
            "V33",
            Severity.Error,
            form,
            "valid_from",
            "year(l.valid_from) > l.period_year",
            new("有效期起 {0} 晚于报告期 {1} 年", "valid from {0} is later than the period {1}"),
            Recheck,
            "l.valid_from",
            "l.period_year"
        );
    }

    private static IEnumerable<Rule> Achievements(Definitions definitions, Thresholds limits)
    {
        const string form = "achievements";
        yield return new(
            "V25",
            Severity.Error,
            form,
            "measure_unit",
            string.Join(
                " or ",
                Column(definitions, "achievement_measure", "unit")
                    .GroupBy(m => m.Value)
                    .Select(g => $"l.achievement_measure in ({List(g.Select(m => m.Key))}) and l.measure_unit <> '{g.Key}'")
            ),
            new("指标“{1}”不用单位“{0}”计量", "the measure \"{1}\" is not counted in \"{0}\""),
            Recheck,
            "l.measure_unit",
            "l.achievement_measure"
        );
        yield return new(
            "V27",
            Severity.Error,
            form,
            "measured_value",
            "l.measured_value < 0 or l.measure_unit = 'percent' and l.measured_value > 100",
            new("指标值 {0} 不在可能的范围内", "a value of {0} is out of range"),
            Recheck,
            "l.measured_value"
        );
        yield return new(
            "V33",
            Severity.Error,
            form,
            "first_used_on",
            "year(l.first_used_on) > l.period_year",
            new("首次应用日期 {0} 晚于报告期 {1} 年", "first use on {0} is later than the period {1}"),
            Recheck,
            "l.first_used_on",
            "l.period_year"
        );
        yield return Fraction(form, "measured_value", limits, "l.measure_unit = 'percent'");
        yield return Unit(AchievementForm.Form, "measured_value", new("指标值", "the value"), limits, "l.measure_unit = p.measure_unit");
    }

    private static IEnumerable<Rule> Policies(Thresholds limits)
    {
        yield return Unit(PolicyUptakeForm.Form, "policy_amount_wan", new("本年金额", "amount of the year"), limits);
        yield return Unit(DigitalSceneForm.Form, "scene_investment_wan", new("累计投资", "cumulative investment"), limits);
        yield return Unit(OriginSourceForm.Form, "origin_funds_wan", new("累计投入", "funds spent"), limits);
        yield return MoreThanEmployees("policy_uptake", "policy_persons", new("受惠人数", "persons who benefit"));
        yield return TooMany("consortia", "consortium_members_count", limits["consortium_members_max_count"], new("成员单位数", "members"));
        yield return new(
            "V31",
            Severity.Error,
            "policy_uptake",
            "uptake_status",
            "l.uptake_status = 'FORCE' and l.in_force_since is null",
            new("落实情况为“{0}”，未填实施日期", "the uptake is \"{0}\" but since when is not filled in"),
            Recheck,
            "l.uptake_status"
        );
        yield return new(
            "V33",
            Severity.Error,
            "policy_uptake",
            "in_force_since",
            "year(l.in_force_since) > l.period_year",
            new("实施日期 {0} 晚于报告期 {1} 年", "in force since {0} is later than the period {1}"),
            Recheck,
            "l.in_force_since",
            "l.period_year"
        );
        yield return new(
            "V33",
            Severity.Error,
            "consortia",
            "ended_on",
            "l.ended_on < l.founded_on",
            new("终止日期 {0} 早于组建日期 {1}", "ended on {0} is before founded on {1}"),
            Recheck,
            "l.ended_on",
            "l.founded_on"
        );
        yield return new(
            "V33",
            Severity.Error,
            "digital_scenes",
            "online_date",
            "year(l.online_date) > l.period_year",
            new("上线日期 {0} 晚于报告期 {1} 年", "in use since {0} is later than the period {1}"),
            Recheck,
            "l.online_date",
            "l.period_year"
        );
    }

    /// <summary>One column of a code list, by code.</summary>
    private static Dictionary<string, string> Column(Definitions definitions, string list, string column)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"seeds/{list}.csv");
        var rows = Seed.Parse(path, definitions[path]);
        var at = Array.IndexOf(rows[0], column);
        return rows.Skip(1).ToDictionary(r => r[0], r => r[at], StringComparer.Ordinal);
    }

    private static string List(IEnumerable<string> codes) => string.Join(", ", codes.Select(Sql.Literal));
}
