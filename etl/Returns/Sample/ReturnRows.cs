using Innovation1551.Returns.Forms;
using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Returns.Sample;

/// <summary>The invented world as rows of the forms, keyed by field name.</summary>
internal sealed class ReturnRows(SampleOptions options, Register register, IReadOnlyList<Patent> patents, IReadOnlyList<Award> awards, bool codes)
{
    private ILookup<int, (int Year, PatentEvent Event, Patent Patent, Enterprise First, Enterprise? Second)>? _eventsByYear;

    private static readonly string[] CostFields =
    [
        "cost_personnel_wan",
        "cost_direct_input_wan",
        "cost_depreciation_wan",
        "cost_amortisation_wan",
        "cost_design_wan",
        "cost_commissioning_wan",
        "cost_outsourced_wan",
        "cost_other_wan",
    ];
    private static readonly string[] OutsourcedFields =
    [
        "outsourced_institute_wan",
        "outsourced_university_wan",
        "outsourced_enterprise_wan",
        "outsourced_abroad_wan",
    ];
    private static readonly string[] ActivityFields = ["activity_basic_wan", "activity_applied_wan", "activity_experimental_wan"];
    private static readonly string[] KindFields = ["intramural_current_wan", "intramural_capital_wan"];
    private static readonly string[] FundFields =
    [
        "fund_gov_central_wan",
        "fund_gov_local_wan",
        "fund_enterprise_wan",
        "fund_abroad_wan",
        "fund_nonprofit_wan",
        "fund_other_wan",
    ];

    /// <summary>Every member of the group with its whole history up to the year's end, those that left in the year included.</summary>
    public List<FormRow> RegisterRows(Enterprise group, int year)
    {
        var rows = new List<FormRow>();
        var end = new DateOnly(year, 12, 31);
        foreach (var enterprise in register.All.Where(e => e == group || Belongs(e, group, end)))
        foreach (var stretch in enterprise.Stretches.Where(s => s.From <= end))
            rows.Add(RegisterRow(enterprise, stretch, end));
        return rows;
    }

    /// <summary>Under the group now, last, or until this year.</summary>
    private static bool Belongs(Enterprise enterprise, Enterprise group, DateOnly end)
    {
        var known = enterprise.Stretches.Where(s => s.From <= end).ToList();
        return known.Count > 0
            && (known[^1].ParentCode == group.Code || known.Exists(s => s.ParentCode == group.Code && s.To is { } to && to.AddDays(1).Year == end.Year));
    }

    private FormRow RegisterRow(Enterprise enterprise, Stretch stretch, DateOnly end)
    {
        // A return cannot know what the next year brings.
        var ended = stretch.To <= end;
        var closes = stretch.Change == "CLOSE" && !ended;
        var former = enterprise.Stretches.Where(s => s.From < stretch.From && s.Name != stretch.Name).Select(s => s.Name);
        return new()
        {
            ["enterprise_code"] = enterprise.Code,
            ["enterprise_name"] = stretch.Name,
            ["aliases"] = string.Join('；', former.Append(ShortNames.Of(stretch.Name)).Distinct(StringComparer.Ordinal)),
            ["parent_code"] = stretch.ParentCode,
            ["enterprise_level"] = Code("enterprise_level", enterprise.Level),
            ["industry"] = Code("industry", enterprise.Industry.Code),
            ["city"] = Code("city", enterprise.City),
            ["valid_from"] = stretch.From,
            ["valid_to"] = ended ? stretch.To : null,
            ["change_kind"] = Code("change_kind", closes ? "NEW" : stretch.Change),
            ["predecessor_codes"] = stretch.Predecessors,
            ["note"] = ended || stretch.To is null ? stretch.Note : null,
        };
    }

    public FormRow RdRow(Enterprise enterprise, int year, string period, YearFigures figures)
    {
        var row = Start(enterprise, year, period);
        var rd = figures.Rd;
        row["expense_total_wan"] = Money(rd.Expense);
        Put(row, CostFields, rd.Costs);
        Put(row, OutsourcedFields, rd.Outsourced);
        row["expense_total_prior_wan"] = Money(figures.ExpensePrior);
        row["intramural_total_wan"] = Money(rd.Intramural);
        Put(row, ActivityFields, rd.Activities);
        Put(row, KindFields, rd.Kinds);
        Put(row, FundFields, rd.Funds);
        row["intramural_total_prior_wan"] = Money(figures.IntramuralPrior);
        row["rd_personnel_persons"] = rd.Personnel;
        row["researchers_persons"] = rd.Researchers;
        row["rd_personnel_fte"] = Money(rd.FteHundredths);
        row["note"] = figures.Note;
        return row;
    }

    public FormRow FinanceRow(Enterprise enterprise, int year, string period, YearFigures figures)
    {
        var row = Start(enterprise, year, period);
        row["revenue_wan"] = Money(figures.Finance.Revenue);
        row["revenue_prior_wan"] = Money(figures.RevenuePrior);
        row["operating_cost_wan"] = Money(figures.Finance.Cost);
        row["profit_wan"] = Money(figures.Finance.Profit);
        row["employees_persons"] = figures.Finance.Employees;
        row["note"] = figures.Note;
        return row;
    }

    public List<FormRow> PatentRows(IReadOnlySet<Enterprise> members, int year)
    {
        var rows = new List<FormRow>();
        foreach (var (_, happening, patent, first, second) in EventsOf(year))
        {
            if (members.Contains(first))
                rows.Add(PatentRow(patent, happening, first, first, year));
            if (second is not null && second != first && members.Contains(second))
                rows.Add(PatentRow(patent, happening, second, first, year));
        }
        return rows;
    }

    private IEnumerable<(int Year, PatentEvent Event, Patent Patent, Enterprise First, Enterprise? Second)> EventsOf(int year) =>
        (_eventsByYear ??= patents.SelectMany(Reported).ToLookup(e => e.Year))[year];

    /// <summary>
    /// The events by the year of the return, with those who report them: whoever runs the owner's business at the end of that year.
    /// The first return also lists the grants of what was in force when it began, or there would be no stock to roll forward.
    /// </summary>
    private IEnumerable<(int Year, PatentEvent Event, Patent Patent, Enterprise First, Enterprise? Second)> Reported(Patent patent)
    {
        var isOpening = patent.Events[^1].Kind is not ("LAPSE" or "ASSIGN") || patent.Events[^1].Date.Year >= options.FirstYear;
        foreach (var happening in patent.Events)
        {
            var year = happening.Date.Year;
            var listed = happening;
            if (year < options.FirstYear)
            {
                if (happening.Kind != "GRANT" || !isOpening)
                    continue;
                (year, listed) = (options.FirstYear, happening with { Note = "期初有效专利" });
            }
            if (Register.ReporterFor(patent.First, year) is { } first)
                yield return (year, listed, patent, first, patent.BothReport ? Register.ReporterFor(patent.Second!, year) : null);
        }
    }

    private FormRow PatentRow(Patent patent, PatentEvent happening, Enterprise reporter, Enterprise first, int year)
    {
        List<string> owners = [first.NameAt(happening.Date)];
        if (patent.Second is { } second)
            owners.Add((Register.ReporterFor(second, year) ?? second).NameAt(happening.Date));
        if (patent.Outsider is { } outsider)
            owners.Add(outsider);
        var row = Start(reporter, year, $"{year}年");
        row["application_no"] = patent.Number;
        row["title"] = patent.Title;
        row["patent_type"] = Code("patent_type", patent.Type);
        row["event"] = Code("patent_event", happening.Kind);
        row["event_date"] = happening.Date;
        row["owners"] = string.Join('；', owners.Distinct(StringComparer.Ordinal));
        row["note"] = happening.Note;
        return row;
    }

    public List<FormRow> AwardRows(IReadOnlySet<Enterprise> members, int year)
    {
        var rows = new List<FormRow>();
        foreach (var award in awards.Where(a => a.Year == year))
        foreach (var (unit, rank, share) in award.Units.Where(u => members.Contains(u.Unit)))
        {
            var row = Start(unit, year, $"{year}年");
            row["certificate_no"] = award.Certificate;
            row["project_name"] = award.Project;
            row["award_level"] = Code("award_level", award.Level);
            row["award_scheme"] = Code("award_scheme", award.Scheme);
            row["award_grade"] = Code("award_grade", award.Grade);
            row["unit_rank"] = rank;
            row["unit_count"] = award.UnitCount;
            row["unit_share_percent"] = share;
            row["note"] = award.Units.Count < award.UnitCount ? "其余完成单位为高等学校" : null;
            rows.Add(row);
        }
        return rows;
    }

    private FormRow Start(Enterprise enterprise, int year, string period) =>
        new()
        {
            ["enterprise_code"] = enterprise.Code,
            ["enterprise_name"] = NameUsed(enterprise, year),
            ["period"] = period,
        };

    /// <summary>The name of the year's end, except that habits die slowly: in the year of a rename some still write the old name, others a short one.</summary>
    private string NameUsed(Enterprise enterprise, int year)
    {
        var end = new DateOnly(year, 12, 31);
        if (enterprise.AtEndOf(year) is { Change: "RENAME" } now && now.From.Year == year && enterprise.FormerNameAt(end) is { } former)
            return former;
        return Dice.For(options.Seed, "short name", enterprise.Code, $"{year}").Chance(12) ? ShortNames.Of(enterprise.NameAt(end)) : enterprise.NameAt(end);
    }

    private string Code(string list, string code) => codes ? code : CodeNames.Of(list, code);

    private static decimal Money(long hundredths) => hundredths / 100m;

    private static void Put(FormRow row, string[] fields, long[] hundredths)
    {
        for (var i = 0; i < fields.Length; i++)
            row[fields[i]] = Money(hundredths[i]);
    }
}
