using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Returns.Forms;

/// <summary>An enterprise as the plan looks at it: where it stands in the register, the titles it holds, the lists that it stands on in the period.</summary>
public sealed record SurveyedUnit(string Code, string? Level, string? Industry, string? Group, IReadOnlySet<string> Titles, IReadOnlySet<string> ListedIn);

/// <summary>
/// The survey plan (<c>seeds/survey_plan.csv</c>) and what was granted to single enterprises (<c>seeds/survey_exception.csv</c>):
/// which form is asked of whom for which periods, and until when. <c>core/obligation.sql</c> reads the same tables for the warehouse.
/// </summary>
public sealed partial class SurveyPlan
{
    private const string PlanPath = "seeds/survey_plan.csv",
        ExceptionPath = "seeds/survey_exception.csv",
        LevelPath = "seeds/enterprise_level.csv",
        TitlePath = "seeds/enterprise_title.csv",
        IndustryPath = "seeds/industry.csv";

    private static readonly string[] CodePaths = [LevelPath, TitlePath, IndustryPath];
    private static readonly IReadOnlyList<string> FormIds = [.. FormCatalogue.All.Select(f => f.Id)];

    private readonly IReadOnlyList<Line> _lines;
    private readonly IReadOnlyList<Granted> _granted;

    /// <exception cref="DefinitionException">A line does not hold; names the file and the line.</exception>
    public SurveyPlan(Definitions definitions)
    {
        var codes = CodePaths.ToDictionary(
            p => p,
            p => SeedLine.Of(definitions, p).Select(l => l.Cells[0]).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        _lines = [.. SeedLine.Of(definitions, PlanPath).Select(r => Read(r, codes))];
        _granted = [.. SeedLine.Of(definitions, ExceptionPath).Select(Read)];
        foreach (var line in _lines.GroupBy(l => l.Name).Where(g => g.Count() > 1).Select(g => g.Last()))
            throw line.Source.Fault(new($"计划行 {line.Name} 重复", $"the plan has two lines {line.Name}"));
        foreach (var granted in _granted.GroupBy(g => g.Source["exception"]).Where(g => g.Count() > 1).Select(g => g.Last()))
            throw granted.Source.Fault(new($"例外 {granted.Source["exception"]} 重复", $"there are two exceptions {granted.Source["exception"]}"));
    }

    /// <summary>True where the plan asks the form for the period, of whomever; what is sent at any time is always asked.</summary>
    /// <param name="month">The last of the months from January; null for the whole year.</param>
    public bool Asks(Form form, int year, int? month) => _lines.Any(l => l.Form == form && l.IsFor(year, month));

    /// <summary>True for a form that is sent whenever there is something to say, and has no period of its own.</summary>
    public bool IsAnyTime(Form form) => _lines.Any(l => l.Form == form) && _lines.All(l => l.Form != form || l.IsAnyTime);

    /// <summary>True for a form that the commission fills in itself.</summary>
    public bool IsOfDesk(Form form) => _lines.Any(l => l.Form == form && l.Source["duty"] == "desk");

    /// <summary>True where the plan asks the form of that enterprise and it has not been excused.</summary>
    public bool Asks(Form form, int year, int? month, SurveyedUnit unit) =>
        _lines.Any(l => l.Form == form && l.IsFor(year, month) && l.IsFor(unit)) && !GrantedTo(form, year, month, unit).Any(g => g.Until is null);

    /// <summary>True where a workbook for the period has a sheet of the form: that of a whole year has those that are sent monthly too.</summary>
    /// <param name="unit">Null for whomever.</param>
    public bool Offers(Form form, int year, int? month, SurveyedUnit? unit = null) =>
        (month is null && form.Sent == Cadence.Months ? Enumerable.Range(1, 12).Cast<int?>() : [month]).Any(m =>
            unit is null ? Asks(form, year, m) : Asks(form, year, m, unit)
        );

    /// <summary>The day until which the form is to be sent; null where none is laid down, and for a period that the plan does not ask.</summary>
    /// <param name="unit">Null for whoever has been granted nothing.</param>
    public DateOnly? DueOn(Form form, int year, int? month, SurveyedUnit? unit)
    {
        DateOnly? due = null;
        foreach (var line in _lines.Where(l => l.Form == form && l.IsFor(year, month) && (unit is null || l.IsFor(unit))))
            if (line.DueOn(year, month) is { } day && (due is null || day < due))
                due = day;
        if (unit is not null)
            foreach (var until in GrantedTo(form, year, month, unit).Select(g => g.Until))
                if (until > due)
                    due = until;
        return due;
    }

    /// <summary>The forms whose lists decide who owes another one.</summary>
    public IEnumerable<Form> Lists => _lines.Select(l => l.HoldersOf).OfType<Form>().Distinct();

    private IEnumerable<Granted> GrantedTo(Form form, int year, int? month, SurveyedUnit unit) =>
        _granted.Where(g => (g.Form is null || g.Form == form) && g.Period == PeriodOf(year, month) && g.Code == (g.WholeGroup ? unit.Group : unit.Code));

    private static string PeriodOf(int year, int? month) =>
        year.ToString(CultureInfo.InvariantCulture) + (month is { } m ? m.ToString("-00", CultureInfo.InvariantCulture) : "");

    private static Line Read(SeedLine r, Dictionary<string, HashSet<string>> codes)
    {
        r.OneOf("form", FormIds);
        r.OneOf("duty", "owed", "if_any", "any_time", "desk");
        var form = FormCatalogue.Find(r["form"])!;
        var from = r.Whole("from_year", 1990, 2040);
        var to = r["to_year"].Length == 0 ? 2040 : r.Whole("to_year", from, 2040);
        r.AllKnown("levels", codes[LevelPath], LevelPath);
        r.AllKnown("titles", codes[TitlePath], TitlePath);
        r.AllKnown("holders_of", FormIds, PlanPath);
        foreach (var prefix in r.List("industries"))
            if (!codes[IndustryPath].Any(c => c.StartsWith(prefix, StringComparison.Ordinal)))
                throw r.Fault(new($"没有行业以 {prefix} 开头", $"no industry begins with {prefix}"));
        var isAnyTime = r["duty"] is "any_time" or "desk";
        var isYear = true;
        IReadOnlyList<int> months = [];
        int after = 0,
            day = 0;
        if (!isAnyTime)
        {
            r.OneOf("period_kind", "year", "ytd");
            isYear = r["period_kind"] == "year";
            if (form.Sent != Cadence.Either && (form.Sent == Cadence.Years) != isYear)
                throw r.Fault(
                    isYear
                        ? new($"{form.Name.Zh}按月报送，period_kind 应为 ytd", $"{form.Name.En} is sent monthly: period_kind must be ytd")
                        : new($"{form.Name.Zh}按年报送，period_kind 应为 year", $"{form.Name.En} is sent yearly: period_kind must be year")
                );
            if (isYear && r["months"].Length > 0)
                throw r.Fault(new("年报不写 months", "months are left empty for a year"));
            months = Months(r);
            after = r.Whole("months_after", 0, 24);
            day = r.Whole("day", 1, 28);
        }
        return new(
            r,
            r["plan_line"],
            form,
            isAnyTime,
            isYear,
            months,
            from,
            to,
            after,
            day,
            r.List("levels"),
            r.List("industries"),
            r.List("titles"),
            r.List("groups"),
            r["holders_of"].Length == 0 ? null : FormCatalogue.Find(r["holders_of"])
        );
    }

    private static IReadOnlyList<int> Months(SeedLine r)
    {
        var months = new SortedSet<int>();
        foreach (var span in r.List("months"))
        {
            var ends = span.Split('-');
            if (
                ends.Length > 2
                || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || first is < 1 or > 12
                || last is < 1 or > 12
                || last < first
            )
                throw r.Fault(new($"months 应如 1-12 或 3;6;9;12，现为“{r["months"]}”", $"months must be like 1-12 or 3;6;9;12 and is \"{r["months"]}\""));
            months.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        return months.Count == 0 ? [.. Enumerable.Range(1, 12)] : [.. months];
    }

    private static Granted Read(SeedLine r)
    {
        r.OneOf("kind", "EXTENSION", "WAIVER");
        r.OneOf("form", [.. FormIds, "*"]);
        r.OneOf("scope", "ENTERPRISE", "GROUP");
        if (!Period().IsMatch(r["period"]))
            throw r.Fault(new($"period 应如 2025 或 2026-09，现为“{r["period"]}”", $"period must be like 2025 or 2026-09 and is \"{r["period"]}\""));
        foreach (var column in (ReadOnlySpan<string>)["code", "reason", "decided_by"])
            if (r[column].Trim().Length == 0)
                throw r.Fault(new($"{column} 不得为空", $"{column} must not be empty"));
        r.Day("decided_on");
        var isWaiver = r["kind"] == "WAIVER";
        if (isWaiver && r["due_on"].Length > 0)
            throw r.Fault(new("免报不写 due_on", "due_on is left empty for a waiver"));
        return new(
            r,
            r["form"] == "*" ? null : FormCatalogue.Find(r["form"]),
            r["period"],
            r["code"],
            r["scope"] == "GROUP",
            isWaiver ? null : r.Day("due_on")
        );
    }

    [GeneratedRegex(@"^\d{4}(-(0[1-9]|1[0-2]))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Period();

    private sealed record Line(
        SeedLine Source,
        string Name,
        Form Form,
        bool IsAnyTime,
        bool IsYear,
        IReadOnlyList<int> Months,
        int FromYear,
        int ToYear,
        int MonthsAfter,
        int Day,
        IReadOnlyList<string> Levels,
        IReadOnlyList<string> Industries,
        IReadOnlyList<string> Titles,
        IReadOnlyList<string> Groups,
        Form? HoldersOf
    )
    {
        public bool IsFor(int year, int? month) =>
            year >= FromYear && year <= ToYear && (IsAnyTime || (month is { } m ? !IsYear && Months.Contains(m) : IsYear));

        public bool IsFor(SurveyedUnit unit) =>
            (Levels.Count == 0 || Levels.Contains(unit.Level))
            && (Industries.Count == 0 || Industries.Any(i => unit.Industry?.StartsWith(i, StringComparison.Ordinal) == true))
            && (Groups.Count == 0 || Groups.Contains(unit.Group))
            && (Titles.Count == 0 || Titles.Any(unit.Titles.Contains))
            && (HoldersOf is null || unit.ListedIn.Contains(HoldersOf.Id));

        public DateOnly? DueOn(int year, int? month) => IsAnyTime ? null : new DateOnly(year, month ?? 12, 1).AddMonths(MonthsAfter).AddDays(Day - 1);
    }

    private sealed record Granted(SeedLine Source, Form? Form, string Period, string Code, bool WholeGroup, DateOnly? Until);
}
