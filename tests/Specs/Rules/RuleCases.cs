using System.Globalization;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;

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
    public const string CodeA = "91140100EXA00001XK", CodeB = "91140100EXA00002XL", CodeC = "91140100EXA00003XM";
    public const string ApplicationNo = "201710117081.7";

    private static readonly Dictionary<string, RuleCase> Cases = new(StringComparer.Ordinal)
    {
        ["enterprise_register V34 enterprise_code"] = new(Register("91140100EXA00003XK", "null"), new Place(1, 6)),
        ["enterprise_register V33 valid_to"] = new(Register(CodeC, "date '2019-12-31'"), new Place(1, 6)),
        ["enterprise_register V17 enterprise_code"] = new(Twice("enterprise_register", 1), new Place(1, 9)),

        ["rd_spend V01 expense_total_wan"] = new(Set("rd_spend", 3, "cost_direct_input_wan = 335"), new Place(3, 4)),
        ["rd_spend V02 cost_outsourced_wan"] = new(Set("rd_spend", 3, "outsourced_institute_wan = 47"), new Place(3, 4)),
        ["rd_spend V03 intramural_total_wan"] = new(Set("rd_spend", 3, "fund_other_wan = 26"), new Place(3, 4)),
        ["rd_spend V04 intramural_total_wan"] = new(Set("rd_spend", 3, "activity_basic_wan = 107"), new Place(3, 4)),
        ["rd_spend V05 intramural_total_wan"] = new(Set("rd_spend", 3, "intramural_current_wan = 772"), new Place(3, 4)),
        ["rd_spend V10 rd_personnel_fte"] = new(Set("rd_spend", 3, "rd_personnel_fte = 44.5"), new Place(3, 4)),
        ["rd_spend V10 researchers_persons"] = new(Set("rd_spend", 3, "researchers_persons = 45"), new Place(3, 4)),
        ["rd_spend V11 rd_personnel_persons"] = new(Set("rd_spend", 3, "rd_personnel_persons = 0, researchers_persons = 0, rd_personnel_fte = 0"), new Place(3, 4)),
        ["rd_spend V24 expense_total_prior_wan"] = new(Set("rd_spend", 3, "expense_total_prior_wan = 999"), new Place(3, 4)),
        ["rd_spend V25 expense_total_wan"] = new(Prior("0.11"), new Place(3, 4)),
        ["rd_spend V26 expense_total_wan"] = new(Prior("0.5"), new Place(3, 4)),
        ["rd_spend V26 expense_total_wan #2"] = new(Prior("1.1"), new Place(3, 4)),
        ["rd_spend V28 cost_personnel_wan"] = new(Set("rd_spend", 3, "cost_personnel_wan = 40, cost_direct_input_wan = 730"), new Place(3, 4)),
        ["rd_spend V28 cost_other_wan"] = new(Set("rd_spend", 3, "cost_other_wan = 155, cost_direct_input_wan = 230"), new Place(3, 4)),
        ["rd_spend V29 rd_personnel_fte"] = new(Set("rd_spend", 3, "rd_personnel_fte = 5"), new Place(3, 4)),
        ["rd_spend V27 expense_total_wan"] = new(Set("finance", 5, "revenue_wan = 3600"), new Place(3, 4)),
        ["rd_spend V30 expense_total_wan"] = new(Set("finance", 5, "operating_cost_wan = 1099"), new Place(3, 4)),

        ["finance V25 revenue_wan"] = new(Set("finance", 5, "revenue_wan = 1000000"), new Place(5, 4)),

        ["patents V16 application_no"] = new(Set("patents", 6, "application_no = '201710117081.8'", 5), new Place(6, 5)),
        ["patents V16 patent_type"] = new(Set("patents", 6, "patent_type = 'U'", 5), new Place(6, 5)),
        ["patents V15 event_date"] = new(Set("patents", 6, "event_date = date '2017-02-28'", 5), new Place(6, 5)),
        ["patents V33 event_date"] = new(Set("patents", 6, "event_date = date '2025-01-01'", 5), new Place(6, 5)),

        ["awards V18 unit_rank"] = new(Set("awards", 7, "unit_rank = 3", 5), new Place(7, 5)),
        ["awards V18 unit_rank #2"] = new(Set("awards", 7, "unit_rank = 1", 5), new Place(7, 4), new Place(7, 5)),
        ["awards V18 unit_share_percent"] = new(Set("awards", 7, "unit_share_percent = 100.5", 4), new Place(7, 4)),
        ["awards V20 award_grade"] = new(Set("awards", 7, "award_scheme = 'COOP'", 5), new Place(7, 5)),

        ["rd_spend E01 enterprise_code"] = new(Set("rd_spend", 3, $"enterprise_code = '{CodeC}'"), new Place(3, 4)),
        ["finance E01 enterprise_code"] = new(Set("finance", 5, $"enterprise_code = '{CodeC}'"), new Place(5, 4)),
        ["patents E01 enterprise_code"] = new(Set("patents", 6, $"enterprise_code = '{CodeC}'", 5), new Place(6, 5)),
        ["awards E01 enterprise_code"] = new(Set("awards", 7, $"enterprise_code = '{CodeC}'", 5), new Place(7, 5)),
        ["rd_spend V34 enterprise_name"] = new(Set("rd_spend", 3, "enterprise_name = '丙'"), new Place(3, 4)),
        ["finance V34 enterprise_name"] = new(Set("finance", 5, "enterprise_name = '丙'"), new Place(5, 4)),
        ["patents V34 enterprise_name"] = new(Set("patents", 6, "enterprise_name = '丙'", 4), new Place(6, 4)),
        ["awards V34 enterprise_name"] = new(Set("awards", 7, "enterprise_name = '甲集团'", 5), new Place(7, 5)),
        ["rd_spend V41 enterprise_code"] = new(Again(3), new Place(3, 4), new Place(8, 4)),
        ["finance V41 enterprise_code"] = new(Again(5), new Place(5, 4), new Place(8, 4)),
        ["patents V41 enterprise_code"] = new(Again(6), new Place(6, 4), new Place(8, 4)),
        ["awards V41 enterprise_code"] = new(Again(7), new Place(7, 4), new Place(7, 5), new Place(8, 4), new Place(8, 5)),
        ["rd_spend V17 enterprise_code"] = new(Twice("rd_spend", 3), new Place(3, 9)),
        ["finance V17 enterprise_code"] = new(Twice("finance", 5), new Place(5, 9)),
        ["patents V17 enterprise_code"] = new(Twice("patents", 6), new Place(6, 9)),
        ["awards V17 enterprise_code"] = new(Twice("awards", 7), new Place(7, 9)),
    };

    /// <summary>The rules of a catalogue by their keys.</summary>
    public static Dictionary<string, Rule> Keyed(RuleCatalogue catalogue)
    {
        var keyed = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in catalogue.Register.Concat(catalogue.Returns))
        {
            var key = $"{rule.Form} {rule.Id} {rule.Field}";
            for (var n = 2; !keyed.TryAdd(key, rule); n++) key = string.Create(CultureInfo.InvariantCulture, $"{rule.Form} {rule.Id} {rule.Field} #{n}");
        }
        return keyed;
    }

    public static IEnumerable<string> Keys => Cases.Keys.Concat(ProgrammeRuleCases.All.Keys);

    /// <summary>The case of a rule. That an amount may not be negative is one case for each field, made here.</summary>
    public static RuleCase? Of(string key, Rule rule) => Cases.GetValueOrDefault(key) ?? ProgrammeRuleCases.All.GetValueOrDefault(key) ?? (rule.Id == "V32" ? Negative(rule) : null);

    /// <summary>
    /// All amounts negative, so that every block still balances. The rules on single fields share this one change; each looks at its own field.
    /// </summary>
    private static RuleCase Negative(Rule rule)
    {
        var file = rule.Form == "finance" ? 5 : 3;
        var amounts = FormCatalogue.Find(rule.Form)!.Fields.Where(f => f.Type is FieldType.Amount or FieldType.Count).Select(f => f.Name).ToList();
        return new(
            Set(rule.Form, file, $"note = '核实', {string.Join(", ", amounts.Select(f => $"{f} = -{f}"))}")
            + (rule.Form == "finance" ? "delete from landing.rd_spend" : Set(rule.Form, file, "researchers_persons = rd_personnel_persons, rd_personnel_fte = rd_personnel_persons")),
            new Place(file, 4)) { Shared = true };
    }

    internal static string Set(string form, int file, string assignments, int row = 4) =>
        string.Create(CultureInfo.InvariantCulture, $"update landing.{form} set {assignments} where file_no = {file} and source_row = {row};");

    /// <summary>Last year's return becomes a multiple of itself, and this year's comparative agrees with it.</summary>
    public static string Prior(string factor) =>
        LandedReturns.ScaleSpend(factor, 2)
        + $"update landing.rd_spend set rd_personnel_fte = rd_personnel_fte * {factor} where file_no = 2;"
        + $"update landing.rd_spend set expense_total_prior_wan = 1000 * {factor} where file_no = 3";

    private static string Register(string code, string validTo) => $"""
        insert into landing.enterprise_register (file_no, sheet_no, source_row, enterprise_code, enterprise_name, enterprise_level, industry, valid_from, valid_to)
        values (1, 1, 6, '{code}', '丙公司', 'S', 'C26', date '2020-01-01', {validTo})
        """;

    /// <summary>The same return in another file, with the same revision and fill date.</summary>
    internal static string Again(int file) => string.Concat(FormCatalogue.All.Select(f => f.Id).Concat(["sheet", "layout"]).Select(table => string.Create(CultureInfo.InvariantCulture,
        $"insert into landing.{table} select * replace (8 as file_no) from landing.{table} where file_no = {file};")))
        + string.Create(CultureInfo.InvariantCulture, $"insert into landing.file select * replace (8 as file_no, 'return-8.csv' as name, 'ff' as sha256) from landing.file where file_no = {file}");

    internal static string Twice(string form, int file) =>
        string.Create(CultureInfo.InvariantCulture, $"insert into landing.{form} select * replace (9 as source_row) from landing.{form} where file_no = {file} and source_row = 4");
}
