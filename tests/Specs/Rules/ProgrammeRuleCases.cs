using static Innovation1551.Specs.Rules.RuleCases;

namespace Innovation1551.Specs.Rules;

/// <summary>The cases of the rules on the programme's other forms.</summary>
internal static class ProgrammeRuleCases
{
    /// <summary>The file of each form whose faultless return is one row.</summary>
    internal static readonly (string Form, int File)[] Files =
    [
        ("projects", 31),
        ("platforms", 32),
        ("talent", 33),
        ("enterprise_titles", 34),
        ("achievements", 35),
        ("tasks", 36),
        ("digital_scenes", 38),
        ("origin_sources", 39),
        ("consortia", 40),
        ("policy_uptake", 41),
        ("corrections", 42),
        ("lab_readiness", 50),
        ("evaluation_appeals", 43),
        ("evaluation_decisions", 44),
    ];

    public static readonly Dictionary<string, RuleCase> All = new(StringComparer.Ordinal)
    {
        ["projects V22 end_date"] = One("projects", "end_date = date '2022-12-31'"),
        ["projects V33 start_date"] = One("projects", "start_date = date '2025-01-01'"),
        ["projects V33 end_date"] = One("projects", "end_date = date '2023-06-30'"),
        ["projects V22 funds_arrived_wan"] = One("projects", "funds_arrived_wan = 901"),
        ["projects V10 person_months"] = One("projects", "person_months = 49"),
        ["projects V09 expense_gov_wan"] = One("projects", "expense_gov_wan = 101"),
        ["projects V08 expense_wan"] = One("projects", "expense_wan = 1101"),
        ["projects V11 expense_wan"] = new(
            $"""
            delete from landing.rd_spend where file_no in (2, 3);
            insert into landing.rd_spend by name select 3 as file_no, 1 as sheet_no, 4 as source_row, '{CodeA}' as enterprise_code, '甲集团' as enterprise_name, 2024 as period_year, 0 as expense_total_wan, '停产' as note
            """,
            new Place(31, 4)
        ),
        ["projects V09 expense_gov_wan #2"] = One("projects", "expense_wan = 200, expense_gov_wan = 166"),

        ["projects V22 project_status"] = One("projects", "end_date = date '2024-06-30'"),
        ["projects V10 participants_persons"] = One("projects", "participants_persons = 511"),
        ["projects V25 funds_approved_wan"] = LastYear("projects", 31, "funds_approved_wan = 9000"),
        ["platforms V17 platform_name"] = new(
            "insert into landing.platforms select * replace (5 as source_row, 'P2' as platform_no, '某 平台' as platform_name) from landing.platforms where file_no = 32",
            new Place(32, 4),
            new Place(32, 5)
        ),
        ["talent V27 academicians_persons"] = One("talent", "academicians_persons = 300"),
        ["talent V10 talent_persons"] = One("talent", "talent_persons = 520, skilled_persons = 440"),
        ["talent V10 rd_talent_persons"] = One("talent", "rd_talent_persons = 511"),
        ["achievements V27 measured_value #2"] = One("achievements", "achievement_measure = 'SHARE', measure_unit = 'percent', measured_value = 0.45"),
        ["achievements V25 measured_value"] = LastYear("achievements", 35, "measured_value = 10, first_used_on = date '2023-05-01'"),
        ["policy_uptake V25 policy_amount_wan"] = LastYear("policy_uptake", 41, "policy_amount_wan = 1000, in_force_since = date '2023-02-01'"),
        ["digital_scenes V25 scene_investment_wan"] = LastYear("digital_scenes", 38, "scene_investment_wan = 10, online_date = date '2023-03-01'"),
        ["origin_sources V25 origin_funds_wan"] = LastYear("origin_sources", 39, "origin_funds_wan = 1"),
        ["policy_uptake V10 policy_persons"] = One("policy_uptake", "policy_persons = 511"),
        ["consortia V27 consortium_members_count"] = One("consortia", "consortium_members_count = 201"),
        ["platforms V21 platform_level"] = One("platforms", "platform_level = 'NAT'"),
        ["platforms V33 event_date"] = One("platforms", "event_date = date '2025-01-01'"),
        ["talent V10 managers_professionals_persons"] = One("talent", "managers_professionals_persons = 41"),
        ["talent V10 flexible_persons"] = One("talent", "flexible_persons = 2"),
        ["talent V07 talent_persons"] = One("talent", "talent_persons = 101"),
        ["enterprise_titles V36 valid_to"] = One("enterprise_titles", "valid_to = date '2023-10-31'"),
        ["enterprise_titles V36 valid_to #2"] = One("enterprise_titles", "valid_from = date '2020-11-01', valid_to = date '2023-10-31'"),
        ["enterprise_titles V33 valid_from"] = One("enterprise_titles", "valid_from = date '2025-01-01'"),
        ["achievements V25 measure_unit"] = One("achievements", "measure_unit = 'mu'"),
        ["achievements V27 measured_value"] = One("achievements", "measured_value = -1"),
        ["achievements V33 first_used_on"] = One("achievements", "first_used_on = date '2025-01-01'"),
        ["policy_uptake V31 uptake_status"] = One("policy_uptake", "in_force_since = null"),
        ["policy_uptake V33 in_force_since"] = One("policy_uptake", "in_force_since = date '2025-01-01'"),
        ["consortia V33 ended_on"] = One("consortia", "ended_on = date '2022-12-31'"),
        ["digital_scenes V33 online_date"] = One("digital_scenes", "online_date = date '2025-01-01'"),

        ["tasks V37 planned_end"] = new("delete from landing.task_ledger;" + Set("tasks", 36, "planned_end = date '2023-12-31'"), new Place(36, 4)),
        ["task_ledger V37 progress_percent"] = Ledger("progress_percent = 101"),
        ["task_ledger V37 task_status"] = Ledger("task_status = 'DONE'"),
        ["task_ledger V37 actual_end"] = Ledger("actual_end = date '2024-01-01'"),
        ["task_ledger V37 task_status #2"] = new("update landing.tasks set planned_end = date '2024-01-01'", new Place(37, 5)),
        ["task_ledger V27 progress_percent"] = new(
            "update landing.task_ledger set progress_percent = case source_row when 4 then 0 else 0.45 end where file_no = 37",
            new Place(37, 5)
        ),
        ["task_ledger V33 period #2"] = new("update landing.sheet set stated_year = 2024, stated_month = 1 where file_no = 37", new Place(37, 5)),
        ["task_ledger V33 period #3"] = Ledger("period_month = null"),
        ["task_ledger V34 enterprise_code"] = new($"update landing.sheet set reporter_code = '{CodeB}' where file_no = 37", new Place(37, 4), new Place(37, 5)),
        ["task_ledger V37 task_no"] = Ledger("task_no = 'T9'"),
        ["task_ledger V23 progress_percent"] = Ledger("progress_percent = 5"),

        ["corrections V41 new_value"] = One("corrections", "new_value = 500"),
        ["corrections V32 new_value"] = One("corrections", "new_value = -5"),
        ["corrections V33 period"] = new("update landing.sheet set filled_on = date '2023-06-30' where file_no = 42", new Place(42, 4)),
        ["corrections E06 new_value"] = new(Decided("REFUSED", newValue: 505), new Place(42, 4)),
        ["correction_decisions E07 corrected_field"] = new(Decided("APPROVED", newValue: 506), new Place(Beside(42), 4)),
        ["corrections V41 old_value"] = One("corrections", "corrected_form = 'rd_spend', corrected_field = 'expense_total_wan', old_value = 1"),
        ["corrections V41 old_value #2"] = One("corrections", "old_value = 1"),
        ["corrections V41 old_value #3"] = One("corrections", "corrected_form = 'patent_summary', corrected_field = 'opening_total_count', old_value = 99"),
        ["corrections V41 old_value #4"] = One(
            "corrections",
            "period_year = 2024, corrected_form = 'award_summary', corrected_field = 'total_count', old_value = 99"
        ),
        ["corrections V41 old_value #5"] = new(
            $"update landing.sheet set reporter_code = null where file_no = 42; update landing.corrections set period_year = 2024, enterprise_code = '{LandedReturns.Siblings[0]}', enterprise_name = '同行0', corrected_form = 'group_total', corrected_field = 'offset_revenue_wan', old_value = 99 where file_no = 42",
            new Place(42, 4)
        ),

        ["evaluation_appeals E02 indicator"] = One("evaluation_appeals", "indicator = 'EX1_NONE'"),
        ["evaluation_appeals E03 claimed_value"] = One("evaluation_appeals", "claimed_value = 80"),
        ["evaluation_decisions E02 indicator"] = One("evaluation_decisions", "indicator = 'EX1_NONE'"),
        ["evaluation_decisions E04 verdict"] = One("evaluation_decisions", "decided_value = null"),
        ["evaluation_decisions E04 decided_value"] = One("evaluation_decisions", "verdict = 'REJECTED'"),
        ["evaluation_decisions E05 indicator"] = One("evaluation_decisions", "indicator = 'EX1_PATENTS'"),

        ["evaluation_decisions V34 enterprise_code"] = new(
            $"update landing.sheet set reporter_code = '{LandedReturns.Siblings[0]}' where file_no = 44",
            new Place(44, 4)
        ),
        ["task_ledger E01 enterprise_code"] = new(Set("task_ledger", 37, $"enterprise_code = '{CodeC}'"), new Place(37, 4)),
        ["task_ledger E08 enterprise_code"] = new(Set("task_ledger", 37, $"enterprise_code = '{Operator}', enterprise_name = '运营公司'"), new Place(37, 4)),
        ["task_ledger V34 enterprise_name"] = new(Set("task_ledger", 37, "enterprise_name = '丙'"), new Place(37, 4)),
        ["task_ledger V41 enterprise_code"] = new(
            Again("task_ledger", 37),
            new Place(37, 4),
            new Place(37, 5),
            new Place(Beside(37), 4),
            new Place(Beside(37), 5)
        ),
        ["task_ledger V33 period"] = new("update landing.sheet set filled_on = date '2024-01-01' where file_no = 37", new Place(37, 4), new Place(37, 5)),
        ["task_ledger V17 enterprise_code"] = new(Twice("task_ledger", 37), new Place(37, 30)),
    };

    private static RuleCase One(string form, string assignments)
    {
        var file = Files.First(f => f.Form == form).File;
        return new(Set(form, file, assignments), new Place(file, 4));
    }

    /// <summary>A decision on the correction of file 42, or on one that nobody has sent.</summary>
    private static string Decided(string verdict, int newValue)
    {
        var other = Beside(42);
        return FormattableString.Invariant(
            $"""
            insert into landing.correction_decisions by name select {other} as file_no, 1 as sheet_no, 4 as source_row, enterprise_code, enterprise_name, period_year, period_month,
                corrected_form, corrected_field, old_value, {newValue} as new_value, '{verdict}' as correction_verdict, '李审批' as decided_by, date '2025-04-02' as decided_on,
                '无依据' as reason from landing.corrections where file_no = 42;
            insert into landing.layout by name select {other} as file_no, 1 as sheet_no, 'corrected_field' as field, 5 as column_no, '更正指标' as heading;
            insert into landing.file select * replace ({other} as file_no, 'ff' as sha256, '{LandedReturns.FileName(
                other
            )}' as name) from landing.file where file_no = 42;
            insert into landing.sheet select * replace ({other} as file_no, 'correction_decisions' as form, '数据更正审批' as sheet_name) from landing.sheet where file_no = 42
            """
        );
    }

    /// <summary>Last year's row of the same thing, as it would have been returned in the right unit.</summary>
    private static RuleCase LastYear(string form, int file, string assignments)
    {
        var values = assignments.Split(", ").Select(a => a.Split(" = ")).Select(a => $"{a[1]} as {a[0]}");
        return new(
            FormattableString.Invariant(
                $"""
                insert into landing.{form} select * replace ({Beside(file)} as file_no, 2023 as period_year, {string.Join(
                    ", ",
                    values
                )}) from landing.{form} where file_no = {file};
                insert into landing.file select * replace ({Beside(file)} as file_no, 'ff{file}' as sha256) from landing.file where file_no = {file};
                insert into landing.sheet select * replace ({Beside(file)} as file_no) from landing.sheet where file_no = {file}
                """
            ),
            new Place(file, 4)
        );
    }

    private static RuleCase Ledger(string assignments) => new(Set("task_ledger", 37, assignments, 5), new Place(37, 5));
}
