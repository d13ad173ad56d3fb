using System.Globalization;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Specs.Rules;

/// <summary>A place at which a finding is expected.</summary>
public sealed record Place(int File, int Row);

/// <summary>A change to the faultless returns that breaks one rule, and where the rule must then point.</summary>
public sealed record RuleCase(string Change, params Place[] Places)
{
    /// <summary>The change breaks the rule of the same number on other fields too.</summary>
    public bool Shared { get; init; }
}

/// <summary>One case for each rule, by form, number and field; a second rule on the same field is #2.</summary>
public static class RuleCases
{
    public const string CodeA = "91140100EXA00001XK",
        CodeB = "91140100EXA00002XL",
        CodeC = "91140100EXA00003XM";

    /// <summary>The capital operator of the register.</summary>
    public static readonly string Operator = Innovation1551.Returns.Sample.CreditCode.Of("1499", 9);

    public const string ApplicationNo = "201710117081.7";

    private static readonly Dictionary<string, RuleCase> Cases = new(StringComparer.Ordinal)
    {
        ["enterprise_register V34 enterprise_code"] = new(Register("91140100EXA00003XK", "null"), new Place(1, 20)),
        ["enterprise_register V33 valid_to"] = new(Register(CodeC, "date '2019-12-31'"), new Place(1, 20)),
        ["enterprise_register V34 enterprise_name"] = new(Register(CodeA, "null"), new Place(1, 20)),
        ["enterprise_register V27 split_share_percent"] = new(Split("4500"), new Place(1, 20)),
        ["enterprise_register V27 split_share_percent #2"] = new(Split("0.45"), new Place(1, 20)),
        ["enterprise_register V38 change_kind"] = new(
            """
            insert into landing.enterprise_register (file_no, sheet_no, source_row, enterprise_code, enterprise_name, enterprise_level, industry, valid_from, change_kind, predecessor_codes)
            values (1, 1, 20, '91140100EXA00003XM', '丙公司', 'S', 'C26', date '2020-01-01', 'SPLIT', '91140100EXA00001XK')
            """,
            new Place(1, 20)
        ),
        ["enterprise_register V17 enterprise_code"] = new(Twice("enterprise_register", 1), new Place(1, 30)),

        ["rd_spend V01 expense_total_wan"] = new(Set("rd_spend", 3, "cost_direct_input_wan = 335"), new Place(3, 4)),
        ["rd_spend V02 cost_outsourced_wan"] = new(Set("rd_spend", 3, "outsourced_institute_wan = 47"), new Place(3, 4)),
        ["rd_spend V03 intramural_total_wan"] = new(Set("rd_spend", 3, "fund_other_wan = 26"), new Place(3, 4)),
        ["rd_spend V04 intramural_total_wan"] = new(Set("rd_spend", 3, "activity_basic_wan = 107"), new Place(3, 4)),
        ["rd_spend V05 intramural_total_wan"] = new(Set("rd_spend", 3, "intramural_current_wan = 772"), new Place(3, 4)),
        ["rd_spend V10 rd_personnel_fte"] = new(Set("rd_spend", 3, "rd_personnel_fte = 44.5"), new Place(3, 4)),
        ["rd_spend V10 researchers_persons"] = new(Set("rd_spend", 3, "researchers_persons = 45"), new Place(3, 4)),
        ["rd_spend V11 rd_personnel_persons"] = new(
            Set("rd_spend", 3, "rd_personnel_persons = 0, researchers_persons = 0, rd_personnel_fte = 0"),
            new Place(3, 4)
        ),
        ["rd_spend V24 expense_total_prior_wan"] = new(Set("rd_spend", 3, "expense_total_prior_wan = 999"), new Place(3, 4)),
        ["rd_spend V25 expense_total_wan"] = new(Prior("0.11"), new Place(3, 4)) { Shared = true },
        ["rd_spend V26 expense_total_wan"] = new(Prior("0.5"), new Place(3, 4)),
        ["rd_spend V26 expense_total_wan #2"] = new(Prior("1.1"), new Place(3, 4)),
        ["rd_spend V28 cost_personnel_wan"] = new(Set("rd_spend", 3, "cost_personnel_wan = 40, cost_direct_input_wan = 730"), new Place(3, 4)),
        ["rd_spend V28 cost_other_wan"] = new(Set("rd_spend", 3, "cost_other_wan = 155, cost_direct_input_wan = 230"), new Place(3, 4)),
        ["rd_spend V29 rd_personnel_fte"] = new(Set("rd_spend", 3, "rd_personnel_fte = 5"), new Place(3, 4)),
        ["rd_spend V27 expense_total_wan"] = new(
            Set("finance", 4, "revenue_wan = 3500, operating_cost_wan = 3500")
                + Set("finance", 5, "revenue_wan = 3600, revenue_prior_wan = 3500, operating_cost_wan = 3600"),
            new Place(3, 4)
        ),
        ["rd_spend V27 expense_total_wan #2"] = new(
            Set("finance", 4, "revenue_prior_wan = null, revenue_wan = 12000, operating_cost_wan = 11000")
                + Set("finance", 5, "revenue_wan = 6600, revenue_prior_wan = 12000, operating_cost_wan = 7000"),
            new Place(3, 4)
        ),
        ["rd_spend V10 rd_personnel_persons"] = new("delete from landing.talent;" + Set("finance", 5, "employees_persons = 43"), new Place(3, 4)),
        ["rd_spend V24 intramural_total_prior_wan"] = new(Set("rd_spend", 3, "intramural_total_prior_wan = 899"), new Place(3, 4)),
        ["rd_spend V25 intramural_total_wan"] = new(
            "update landing.rd_spend set "
                + string.Join(", ", Intramural.Select(f => $"{f} = {f} * 0.11"))
                + " where file_no = 2;"
                + Set("rd_spend", 2, "intramural_total_prior_wan = null")
                + Set("rd_spend", 3, "intramural_total_prior_wan = 99"),
            new Place(3, 4)
        ),
        ["rd_spend V23 expense_total_wan"] = new(November("rd_spend", 2, 3) + LandedReturns.ScaleSpend("1.5", 2), new Place(3, 4)),
        ["rd_spend V25 expense_total_wan #2"] = new(
            November("rd_spend", 2, 3)
                + LandedReturns.ScaleSpend("0.1", 2)
                + Set("rd_spend", 2, "expense_total_prior_wan = null, intramural_total_prior_wan = null"),
            new Place(3, 4)
        ),
        ["rd_spend V25 expense_total_wan #3"] = new(
            "delete from landing.group_total; update landing.rd_spend set period_month = 6 where file_no = 15;"
                + LandedReturns.ScaleSpend("case when source_row = 6 then 0.001 else 1 end", 15),
            new Place(15, 6)
        ),
        ["rd_spend V25 expense_total_wan #4"] = new(
            "delete from landing.rd_spend where file_no = 2;" + Set("rd_spend", 3, "expense_total_prior_wan = 110"),
            new Place(3, 4)
        ),
        ["rd_spend V25 intramural_total_wan #2"] = new(
            "delete from landing.rd_spend where file_no = 2;" + Set("rd_spend", 3, "intramural_total_prior_wan = 8000"),
            new Place(3, 4)
        ),
        ["rd_spend V41 expense_total_wan"] = new("update landing.rd_spend set period_year = 2024, period_month = 12 where file_no = 2", new Place(3, 4)),
        ["rd_spend V41 expense_total_wan #2"] = new(
            Again("rd_spend", 3) + $";update landing.sheet set revision = 2 where file_no = {Beside(3)};" + LandedReturns.ScaleSpend("1.1", Beside(3)),
            new Place(Beside(3), 4)
        ),
        ["rd_spend V31 expense_total_wan"] = new(
            Blank(
                "cost_personnel_wan, cost_direct_input_wan, cost_depreciation_wan, cost_amortisation_wan, cost_design_wan, cost_commissioning_wan, cost_outsourced_wan, cost_other_wan, outsourced_institute_wan, outsourced_university_wan, outsourced_enterprise_wan, outsourced_abroad_wan"
            ),
            new Place(3, 4)
        ),
        ["rd_spend V31 expense_total_wan #2"] = new(
            Blank(
                "expense_total_wan, cost_personnel_wan, cost_direct_input_wan, cost_depreciation_wan, cost_amortisation_wan, cost_design_wan, cost_commissioning_wan, cost_outsourced_wan, cost_other_wan, outsourced_institute_wan, outsourced_university_wan, outsourced_enterprise_wan, outsourced_abroad_wan"
            ),
            new Place(3, 4)
        ),
        ["rd_spend V31 cost_outsourced_wan"] = new(
            Blank("outsourced_institute_wan, outsourced_university_wan, outsourced_enterprise_wan, outsourced_abroad_wan"),
            new Place(3, 4)
        ),
        ["rd_spend V31 intramural_total_wan"] = new(
            Blank("fund_gov_central_wan, fund_gov_local_wan, fund_enterprise_wan, fund_abroad_wan, fund_nonprofit_wan, fund_other_wan"),
            new Place(3, 4)
        ),
        ["rd_spend V31 intramural_total_wan #2"] = new(Blank("activity_basic_wan, activity_applied_wan, activity_experimental_wan"), new Place(3, 4)),
        ["rd_spend V31 intramural_total_wan #3"] = new(Blank("intramural_current_wan, intramural_capital_wan"), new Place(3, 4)),
        ["rd_spend V30 expense_total_wan"] = new(
            "delete from landing.finance where file_no = 4;" + Set("finance", 5, "revenue_wan = 4000, operating_cost_wan = 1099"),
            new Place(3, 4)
        ),

        ["finance V24 revenue_prior_wan"] = new(Set("finance", 5, "revenue_prior_wan = 99999"), new Place(5, 4)),
        ["finance V25 operating_cost_wan"] = new(Set("finance", 5, "operating_cost_wan = 900000"), new Place(5, 4)),
        ["finance V25 operating_cost_wan #2"] = new(
            "delete from landing.finance where file_no = 4;" + Set("finance", 5, "operating_cost_wan = 940000"),
            new Place(5, 4)
        ),
        ["finance V26 revenue_wan"] = new(Set("finance", 5, "revenue_wan = 160000"), new Place(5, 4)),
        ["finance V26 revenue_wan #2"] = new(Set("finance", 5, "revenue_wan = 100000"), new Place(5, 4)),
        ["finance V23 revenue_wan"] = new(November("finance", 4, 5) + Set("finance", 4, "revenue_wan = 150000"), new Place(5, 4)),
        ["finance V25 revenue_wan #2"] = new(
            November("finance", 4, 5) + Set("finance", 4, "revenue_wan = 10000, operating_cost_wan = 9000, revenue_prior_wan = null"),
            new Place(5, 4)
        ),
        ["finance V25 revenue_wan #3"] = new(
            "delete from landing.group_total;" + Set("finance", 14, "revenue_wan = 2000000, operating_cost_wan = 1800000", 6),
            new Place(14, 6)
        ),
        ["finance V25 revenue_wan #4"] = new(
            "delete from landing.finance where file_no = 4;" + Set("finance", 5, "revenue_prior_wan = 10000"),
            new Place(5, 4)
        ),
        ["finance V41 revenue_wan"] = new(
            "update landing.finance set period_year = 2024, period_month = 12, revenue_wan = 98000 where file_no = 4",
            new Place(5, 4)
        ),
        ["finance V41 revenue_wan #2"] = new(
            Again("finance", 5)
                + $";update landing.sheet set revision = 2 where file_no = {Beside(5)}; update landing.finance set revenue_wan = 115500 where file_no = {Beside(5)}",
            new Place(Beside(5), 4)
        ),
        ["finance V31 revenue_wan"] = new(Set("finance", 5, "revenue_wan = null"), new Place(5, 4)),
        ["finance V25 revenue_wan"] = new(Set("finance", 5, "revenue_wan = 1000000"), new Place(5, 4)),

        ["patents V16 application_no"] = new(
            "delete from landing.patent_summary;" + Set("patents", 6, "application_no = '201710117081.8'", 5),
            new Place(6, 5)
        ),
        ["patents V16 patent_type"] = new("delete from landing.patent_summary;" + Set("patents", 6, "patent_type = 'U'", 5), new Place(6, 5)),
        ["patents V15 event_date"] = new("delete from landing.patent_summary;" + Set("patents", 6, "event_date = date '2017-02-28'", 5), new Place(6, 5)),
        ["patents V33 event_date"] = new("delete from landing.patent_summary;" + Set("patents", 6, "event_date = date '2025-01-01'", 5), new Place(6, 5)),

        ["patents V15 event_date #2"] = new(
            "insert into landing.patents select * replace (6 as source_row, 'LAPSE' as event, date '2023-01-01' as event_date) from landing.patents where file_no = 6 and source_row = 5",
            new Place(6, 6)
        ),
        ["patents V33 event_date #2"] = new(
            "delete from landing.patent_summary; update landing.sheet set filled_on = date '2024-05-01' where file_no = 6",
            new Place(6, 5)
        )
        {
            Shared = true,
        },
        ["patents V17 owners"] = new(
            $"insert into landing.patents select * replace (6 as source_row, '{CodeB}' as enterprise_code, '乙公司' as enterprise_name, '乙公司' as owners) from landing.patents where file_no = 6 and source_row = 5",
            new Place(6, 5),
            new Place(6, 6)
        ),
        ["awards V18 unit_count"] = new("delete from landing.award_summary;" + Set("awards", 7, "unit_count = 3", 5), new Place(7, 4), new Place(7, 5)),
        ["awards V18 unit_share_percent #2"] = new(Set("awards", 7, "unit_share_percent = 63", 4), new Place(7, 4), new Place(7, 5)),

        ["patent_summary V12 filed_total_count #2"] = new(Set("patent_summary", 11, "filed_total_count = 1, filed_design_count = 1"), new Place(11, 4)),
        ["patent_summary V12 granted_total_count #2"] = new(
            Set("patent_summary", 11, "granted_total_count = 2, granted_design_count = 1, closing_design_count = 2, closing_total_count = 7"),
            new Place(11, 4)
        ),
        ["award_summary V19 national_count"] = new("delete from landing.awards;" + Set("award_summary", 12, "national_count = 2"), new Place(12, 4)),
        ["award_summary V19 provincial_plus_count"] = new(Set("award_summary", 12, "provincial_plus_count = 2"), new Place(12, 4)),
        ["award_summary V19 graded_count"] = new(
            "delete from landing.awards;" + Set("award_summary", 12, "total_count = 2, graded_count = 2"),
            new Place(12, 4)
        ),
        ["award_summary V19 total_count"] = new("delete from landing.awards;" + Set("award_summary", 12, "total_count = 2"), new Place(12, 4)),
        ["award_summary V19 total_count #2"] = new(Set("award_summary", 12, "total_count = 2, ungraded_count = 1"), new Place(12, 4)),
        ["award_summary V19 national_count #2"] = new(Set("award_summary", 12, "national_count = 1"), new Place(12, 4)),
        ["group_total V06 consolidated_revenue_wan"] = new(Set("group_total", 13, "consolidated_revenue_wan = 11510"), new Place(13, 4)),
        ["group_total V06 consolidated_revenue_wan #2"] = new("delete from landing.finance where file_no = 14 and source_row = 9", new Place(13, 4)),
        ["group_total V06 consolidated_expense_wan"] = new(Set("group_total", 13, "consolidated_expense_wan = 600"), new Place(13, 4)),
        ["group_total V06 consolidated_expense_wan #2"] = new("delete from landing.rd_spend where file_no = 15 and source_row = 9", new Place(13, 4)),
        ["group_total V32 consolidated_revenue_wan"] = new(
            Set("group_total", 13, "consolidated_revenue_wan = -100, offset_revenue_wan = 12100"),
            new Place(13, 4)
        ),
        ["group_total V32 offset_revenue_wan"] = new(Set("group_total", 13, "consolidated_revenue_wan = 12100, offset_revenue_wan = -100"), new Place(13, 4)),
        ["group_total V32 consolidated_expense_wan"] = new(
            Set("group_total", 13, "consolidated_expense_wan = -100, offset_expense_wan = 700"),
            new Place(13, 4)
        ),
        ["group_total V32 offset_expense_wan"] = new(Set("group_total", 13, "consolidated_expense_wan = 700, offset_expense_wan = -100"), new Place(13, 4)),

        ["awards V18 unit_rank"] = new(Set("awards", 7, "unit_rank = 3", 5), new Place(7, 5)),
        ["awards V18 unit_rank #2"] = new(Set("awards", 7, "unit_rank = 1", 5), new Place(7, 4), new Place(7, 5)),
        ["awards V18 unit_share_percent"] = new(Set("awards", 7, "unit_share_percent = 100.5", 4), new Place(7, 4)),
        ["awards V27 unit_share_percent"] = new(
            Set("awards", 7, "unit_share_percent = 0.6", 4) + "update landing.awards set unit_count = 3 where file_no = 7",
            new Place(7, 4)
        ),
        ["awards V27 unit_count"] = new("update landing.awards set unit_count = 51 where file_no = 7", new Place(7, 4), new Place(7, 5)),
        ["awards V20 award_grade"] = new(Set("awards", 7, "award_scheme = 'COOP'", 5), new Place(7, 5)),
    };

    /// <summary>The rules of a catalogue by their keys.</summary>
    public static Dictionary<string, Rule> Keyed(RuleCatalogue catalogue)
    {
        var keyed = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in catalogue.Register.Concat(catalogue.Returns))
        {
            var key = $"{rule.Form} {rule.Id} {rule.Field}";
            for (var n = 2; !keyed.TryAdd(key, rule); n++)
                key = string.Create(CultureInfo.InvariantCulture, $"{rule.Form} {rule.Id} {rule.Field} #{n}");
        }
        return keyed;
    }

    public static IEnumerable<string> Keys => Cases.Keys.Concat(ProgrammeRuleCases.All.Keys);

    /// <summary>The file, first row and a second row of each form's faultless return, on which the rules of all forms are broken.</summary>
    private static readonly Dictionary<string, (int File, int Row)> Standing = new(StringComparer.Ordinal)
    {
        ["rd_spend"] = (3, 4),
        ["finance"] = (5, 4),
        ["patents"] = (6, 5),
        ["awards"] = (7, 5),
        ["patent_summary"] = (11, 4),
        ["award_summary"] = (12, 4),
        ["group_total"] = (13, 4),
    };

    private static string[] Intramural =>
        [
            "intramural_total_wan",
            "activity_basic_wan",
            "activity_applied_wan",
            "activity_experimental_wan",
            "intramural_current_wan",
            "intramural_capital_wan",
            "fund_gov_central_wan",
            "fund_gov_local_wan",
            "fund_enterprise_wan",
            "fund_abroad_wan",
            "fund_nonprofit_wan",
            "fund_other_wan",
        ];

    /// <summary>Cases of the rules that every form has, and of those that repeat for each measure and type.</summary>
    private static RuleCase? Common(string key, Rule rule)
    {
        if (
            !Standing.TryGetValue(rule.Form, out var at)
            && ProgrammeRuleCases.Files.FirstOrDefault(f => f.Form == rule.Form) is { Form: not null, File: var only }
        )
            at = (only, 4);
        if (at.File == 0)
            return null;
        var (file, row) = at;
        var place = new Place(file, row);
        var field = key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return field switch
        {
            "E01 enterprise_code" => new(
                (rule.Form == "patents" ? "delete from landing.patent_summary;" : "") + Set(rule.Form, file, $"enterprise_code = '{CodeC}'", row),
                place
            ),
            "E08 enterprise_code" => new(
                (rule.Form == "patents" ? "delete from landing.patent_summary;" : "")
                    + (
                        rule.Form is "group_total" or "evaluation_decisions"
                            ? $"update landing.sheet set reporter_code = '{Operator}' where file_no = {file};"
                            : ""
                    )
                    + Set(rule.Form, file, $"enterprise_code = '{Operator}', enterprise_name = '运营公司'", row),
                place
            ),
            "V34 enterprise_name" => new(Set(rule.Form, file, "enterprise_name = '丙'", row), place),
            "V41 enterprise_code" when rule.Form == "awards" => new(
                Again(rule.Form, file),
                new Place(7, 4),
                new Place(7, 5),
                new Place(Beside(7), 4),
                new Place(Beside(7), 5)
            ),
            "V41 enterprise_code" => new(Again(rule.Form, file), new Place(file, 4), new Place(Beside(file), 4)),
            "V17 enterprise_code" => new(Twice(rule.Form, file), new Place(file, 30)),
            // What the head of the sheet says: another year; a month, or none, that does not go with the form.
            _ when rule is { Id: "V33", Field: "period", Severity: Innovation1551.Returns.Severity.Error } => new(
                rule.Broken.Contains("s.stated_year", StringComparison.Ordinal)
                    ? string.Create(CultureInfo.InvariantCulture, $"update landing.sheet set stated_year = 2030 where file_no = {file}")
                    : Set(rule.Form, file, "period_month = 6", rule.Form == "awards" ? 4 : row),
                rule.Broken.Contains("s.stated_year", StringComparison.Ordinal) ? Rows(rule.Form, file) : [new(file, rule.Form == "awards" ? 4 : row)]
            ),
            "V34 enterprise_code" => new(
                string.Create(CultureInfo.InvariantCulture, $"update landing.sheet set reporter_code = '{CodeB}' where file_no = {file}"),
                rule.Form == "awards" ? [new(file, 4)] : Rows(rule.Form, file)
            ),
            "V33 period" => new($"update landing.sheet set filled_on = date '2024-12-30' where file_no = {file}", Rows(rule.Form, file)),
            "V33 period #2" => new($"update landing.sheet set edition = {FormCatalogue.Find(rule.Form)!.Editions.Min()} where file_no = {file}", place),
            _ when rule.Form == "patent_summary" && rule.Id == "V12" => new(Set("patent_summary", 10, $"{rule.Field} = {rule.Field} + 1"), new Place(10, 4)),
            _ when rule.Id == "V13" => new(
                Set("patent_summary", 11, $"{rule.Field} = {rule.Field} + 1, closing_total_count = closing_total_count + 1"),
                new Place(11, 4)
            ),
            _ when rule.Id == "V14" => new(
                Set(
                    "patent_summary",
                    10,
                    $"{rule.Field} = {rule.Field} + 1, opening_total_count = opening_total_count + 1, closing_total_count = closing_total_count + 1, {Closing(rule.Field)} = {Closing(rule.Field)} + 1"
                ),
                new Place(11, 4)
            ),
            _ => null,
        };
    }

    /// <summary>All rows of a form's faultless return.</summary>
    private static Place[] Rows(string form, int file) => form is "patents" or "awards" ? [new(file, 4), new(file, 5)] : [new(file, 4)];

    private static string Closing(string opening) => opening.Replace("opening_", "closing_", StringComparison.Ordinal);

    private static RuleCase? OneNegative(Rule rule) =>
        ProgrammeRuleCases.Files.FirstOrDefault(f => f.Form == rule.Form) is { Form: not null, File: var file }
            ? new(Set(rule.Form, file, $"{rule.Field} = -1"), new Place(file, 4))
            : null;

    /// <summary>The case of a rule. That an amount may not be negative is one case for each field, made here.</summary>
    public static RuleCase? Of(string key, Rule rule) =>
        Cases.GetValueOrDefault(key)
        ?? ProgrammeRuleCases.All.GetValueOrDefault(key)
        ?? Common(key, rule)
        ?? (rule.Id == "V32" ? OneNegative(rule) ?? Negative(rule) : null);

    /// <summary>
    /// All amounts negative, so that every block still balances. The rules on single fields share this one change; each looks at its own field.
    /// </summary>
    private static RuleCase Negative(Rule rule)
    {
        if (rule.Form == "patent_summary")
            return new(
                "delete from landing.patents; delete from landing.patent_summary where file_no = 10; update landing.patent_summary set "
                    + string.Join(
                        ", ",
                        PatentSummaryForm
                            .Form.Fields.Where(f => f.Type == FieldType.Count)
                            .Select(f => $"{f.Name} = {(f.Name.Contains("_total_", StringComparison.Ordinal) ? -3 : -1)}")
                    ),
                new Place(11, 4)
            )
            {
                Shared = true,
            };
        if (rule.Form == "award_summary")
            return new(
                "delete from landing.awards;"
                    + Set(
                        rule.Form,
                        12,
                        "total_count = -10, provincial_plus_count = -10, national_count = -10, graded_count = -4, grade_special_count = -1, grade_first_count = -1, grade_second_count = -1, grade_third_count = -1, ungraded_count = -6"
                    ),
                new Place(12, 4)
            )
            {
                Shared = true,
            };
        var file = rule.Form == "finance" ? 5 : 3;
        var amounts = FormCatalogue.Find(rule.Form)!.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count).Select(f => f.Name).ToList();
        return new(
            $"delete from landing.{rule.Form} where file_no = {file - 1};"
                + Set(rule.Form, file, $"{string.Join(", ", amounts.Select(f => $"{f} = -{f}"))}")
                + (
                    rule.Form == "finance"
                        ? "delete from landing.rd_spend where file_no in (2, 3)"
                        : Set(rule.Form, file, "researchers_persons = rd_personnel_persons, rd_personnel_fte = rd_personnel_persons")
                ),
            new Place(file, 4)
        )
        {
            Shared = true,
        };
    }

    /// <summary>The two annual returns become those of eleven and twelve months of one year.</summary>
    private static string November(string form, int first, int second) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"update landing.{form} set period_year = 2024, period_month = case file_no when {first} then 11 else 12 end where file_no in ({first}, {second});"
        );

    private static string Blank(string fields) => Set("rd_spend", 3, string.Join(", ", fields.Split(", ").Select(f => f + " = null")));

    internal static string Set(string form, int file, string assignments, int row = 4) =>
        string.Create(CultureInfo.InvariantCulture, $"update landing.{form} set {assignments} where file_no = {file} and source_row = {row};");

    /// <summary>Last year's return becomes a multiple of itself, and this year's comparative agrees with it.</summary>
    public static string Prior(string factor) =>
        LandedReturns.ScaleSpend(factor, 2)
        + $"update landing.rd_spend set rd_personnel_fte = rd_personnel_fte * {factor}, expense_total_prior_wan = null, intramural_total_prior_wan = null where file_no = 2;"
        + $"update landing.rd_spend set expense_total_prior_wan = 1000 * {factor}, intramural_total_prior_wan = 900 * {factor} where file_no = 3";

    private static string Register(string code, string validTo) =>
        $"""
            insert into landing.enterprise_register (file_no, sheet_no, source_row, enterprise_code, enterprise_name, enterprise_level, industry, valid_from, valid_to)
            values (1, 1, 20, '{code}', '丙公司', 'S', 'C26', date '2020-01-01', {validTo})
            """;

    private static string Split(string share) =>
        $"{Register(CodeC, "null")}; update landing.enterprise_register set change_kind = 'SPLIT', split_share_percent = {share} where source_row = 20";

    /// <summary>The file in which another return stands that a case adds beside the one of this file.</summary>
    internal static int Beside(int file) => file + 100;

    /// <summary>The same return in another file, with the same revision and fill date.</summary>
    internal static string Again(string form, int file) =>
        string.Concat(
            ((string[])[form, "sheet", "layout"]).Select(table =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"insert into landing.{table} select * replace ({Beside(file)} as file_no) from landing.{table} where file_no = {file};"
                )
            )
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"insert into landing.file select * replace ({Beside(file)} as file_no, '{LandedReturns.FileName(Beside(file))}' as name, 'ff{file}' as sha256) from landing.file where file_no = {file}"
        );

    internal static string Twice(string form, int file) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"insert into landing.{form} select * replace (30 as source_row) from landing.{form} where file_no = {file} and source_row = 4"
        );
}
