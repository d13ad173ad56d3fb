using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Returns.Sample;

/// <summary>Projects and the achievements that come of them.</summary>
internal sealed partial class ProgrammeRows
{
    private sealed record Project(string No, string Name, string Level, string Mechanism, DateOnly Start, DateOnly End, long Weight);

    /// <summary>What an enterprise begins in a year: one project at least, of one to three years.</summary>
    private IEnumerable<Project> BegunBy(Enterprise enterprise, int year)
    {
        var dice = DiceOf("projects", enterprise.Code, $"{year}");
        var count = 1 + (dice.Chance(250) ? 1 : 0);
        for (var i = 0; i < count; i++)
        {
            var level = dice.Below(100) switch
            {
                < 3 => "NAT",
                < 27 => "PROV",
                < 42 => "CITY",
                < 90 => "OWN",
                _ => "CONTRACT",
            };
            var mechanism = level is "OWN"
                ? dice.Pick<string>(["DIRECT", "DIRECT", "COMP", "OPEN", "ORDER"])
                : dice.Pick<string>(["OPEN", "ORDER", "RACE", "DIRECT", "COMP", "COMP"]);
            // The programme's own mechanisms were hardly known before it.
            if (year < ProgrammeStart - 1 && mechanism is "OPEN" or "ORDER" or "RACE" && dice.Chance(700))
                mechanism = "COMP";
            var start = dice.DayIn(year, 1, 9);
            yield return new(
                $"示{year}-{enterprise.Code[11..16]}-{i + 1}",
                TitleOf(dice, enterprise, "研发"),
                level,
                mechanism,
                start,
                start.AddMonths(12 * (1 + dice.Below(3))),
                dice.Between(50, 150)
            );
        }
    }

    private IEnumerable<FormRow> Projects(Enterprise enterprise, int year)
    {
        var figures = figuresOf(enterprise, year).Rd;
        if (figures.Expense == 0)
            yield break;
        var active = Enumerable.Range(year - 3, 4).SelectMany(y => BegunBy(enterprise, y)).Where(p => p.End.Year >= year).ToList();
        var weights = active.Select(p => p.Weight).ToArray();
        // Projects make up somewhat more than half of what an enterprise spends; the rest is upkeep and small work.
        var expense = Shares.Split(figures.Expense * 55 / 100, weights);
        var government = Shares.Split((figures.Funds[0] + figures.Funds[1]) * 45 / 100, weights);
        var months = Shares.Split(figures.FteHundredths * 12 * 55 / 100, weights);
        for (var i = 0; i < active.Count; i++)
        {
            var project = active[i];
            var total = (project.End.DayNumber - project.Start.DayNumber) / 30;
            var elapsed = Math.Min(total, (new DateOnly(year, 12, 31).DayNumber - project.Start.DayNumber) / 30);
            var approved = expense[i] * 3;
            var row = Start(enterprise, year);
            row["project_no"] = project.No;
            row["project_name"] = project.Name;
            row["project_level"] = Code("project_level", project.Level);
            row["project_mechanism"] = Code("project_mechanism", project.Mechanism);
            row["project_status"] = Code("project_status", project.End.Year == year ? "DONE" : "RUN");
            row["start_date"] = project.Start;
            row["end_date"] = project.End;
            row["participants_persons"] = months[i] / 1200 + 1 + project.Weight / 40;
            row["person_months"] = Money(months[i]);
            row["funds_approved_wan"] = Money(approved);
            row["funds_arrived_wan"] = Money(Shares.Part(approved, elapsed, Math.Max(1, total)));
            row["expense_wan"] = Money(expense[i]);
            row["expense_gov_wan"] = Money(Math.Min(expense[i], government[i]));
            yield return row;
        }
    }

    private IEnumerable<FormRow> Achievements(HashSet<Enterprise> members, int year)
    {
        var count = DiceOf("achievements", $"{year}").Between(30, 40) + 4 * (year - options.FirstYear);
        for (var i = 0; i < count; i++)
        {
            var dice = DiceOf("achievement", $"{year}", $"{i}");
            var enterprise = Researcher(dice);
            var name = TitleOf(dice, enterprise, "示范应用");
            var used = dice.DayIn(year);
            var ecological = enterprise.Industry.Code is "N77" or "C13" or "N76";
            foreach (
                var measure in dice.Pick<string[]>([
                    ["SALES"],
                    ["SALES", "SHARE"],
                    ["OUTPUT"],
                    ["BENEFIT"],
                    ["BENEFIT", "UNITS"],
                    ["CONTRACT"],
                    [ecological ? "AREA" : "OUTPUT"],
                ])
            )
            {
                var (unit, value) = measure switch
                {
                    "SHARE" => ("percent", (long)dice.Between(5, 75)),
                    "AREA" => ("mu", 100L * dice.Between(3, 60)),
                    "UNITS" => ("set", (long)dice.Between(2, 90)),
                    "CONTRACT" => ("wan", (long)dice.Between(30, 900)),
                    _ => ("wan", 10L * dice.Between(20, 900)),
                };
                if (!members.Contains(enterprise))
                    continue;
                var row = Start(enterprise, year);
                row["achievement_no"] = $"示C{year}-{i + 1:000}";
                row["achievement_name"] = name;
                row["achievement_measure"] = Code("achievement_measure", measure);
                row["value_qualifier"] = Code("value_qualifier", dice.Pick<string>(["eq", "eq", "eq", "gt", "near", "about"]));
                row["measured_value"] = (decimal)value;
                row["measure_unit"] = Code("measure_unit", unit);
                row["value_verification"] = Code(
                    "value_verification",
                    DiceOf("verification", $"{year}", $"{i}").Pick<string>(["SELF", "USER", "USER", "AUDIT"])
                );
                row["first_used_on"] = used;
                yield return row;
            }
        }
    }
}
