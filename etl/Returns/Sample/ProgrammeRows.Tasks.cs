using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Returns.Sample;

/// <summary>The annual key tasks and their monthly ledger, sources, scenes, consortia, policies, and corrections.</summary>
internal sealed partial class ProgrammeRows
{
    private static readonly string[] TaskFields = ["COAL", "CHEM", "NEWMAT", "EQUIP", "ENERGY", "DIGITAL", "ECO"];

    /// <summary>The tasks of a group in a year's list, with the months for which each is planned and what becomes of it.</summary>
    private IEnumerable<(int Number, Dice Dice, Enterprise Owner, string Kind, DateOnly Start, DateOnly End, int Pace)> TasksOf(int group, int year)
    {
        if (year < ProgrammeStart)
            yield break;
        var count = year == ProgrammeStart ? 82 : 93;
        for (var i = 0; i < count; i++)
        {
            var dice = DiceOf("task", $"{year}", $"{i}");
            var owner = dice.Below(options.Groups);
            var kind = (i * 93 / count) switch
            {
                < 23 => "PLATFORM",
                < 72 => "CORE",
                < 77 => "TRANSFER",
                < 82 => "HIGHTECH",
                _ => "OTHER",
            };
            var start = new DateOnly(year, dice.Between(1, 4), 1);
            var end = new DateOnly(year, dice.Between(6, 12), 28);
            var pace = dice.Between(75, 125);
            if (owner == group - 1)
                yield return (i + 1, dice, register.Groups[owner], kind, start, end, pace);
        }
    }

    private IEnumerable<FormRow> Tasks(Filing filing)
    {
        foreach (var (number, dice, owner, kind, start, end, _) in TasksOf(filing.Group, filing.Year))
        {
            var row = Start(owner, filing.Year, filing.Period);
            row["list_version"] = $"{filing.Year}-1";
            row["task_no"] = $"示T{filing.Year}-{number:000}";
            row["task_name"] = TitleOf(dice, owner, "攻关");
            row["task_field"] = Code("task_field", dice.Pick(TaskFields));
            row["task_kind"] = Code("task_kind", kind);
            row["planned_start"] = start;
            row["planned_end"] = end;
            yield return row;
        }
    }

    private IEnumerable<FormRow> Ledger(Filing filing)
    {
        var day = new DateOnly(filing.Year, filing.Month!.Value, 1).AddMonths(1).AddDays(-1);
        foreach (var (number, _, owner, _, start, end, pace) in TasksOf(filing.Group, filing.Year))
        {
            var progress = day < start ? 0 : Math.Min(100, (day.DayNumber - start.DayNumber) * pace / Math.Max(1, end.DayNumber - start.DayNumber));
            var done = progress == 100;
            var finished = start.AddDays((end.DayNumber - start.DayNumber) * 100 / pace + 1);
            var row = Start(owner, filing.Year, filing.Period);
            row["list_version"] = $"{filing.Year}-1";
            row["task_no"] = $"示T{filing.Year}-{number:000}";
            row["task_status"] = Code(
                "task_status",
                (done, progress, pace) switch
                {
                    (true, _, _) => "DONE",
                    (_, 0, _) => "WAIT",
                    _ when day > end => "DELAY",
                    (_, _, < 85) => "LATE",
                    (_, _, < 95) => "WARN",
                    _ => "RUN",
                }
            );
            row["progress_percent"] = (decimal)progress;
            row["actual_start"] = progress > 0 ? start : null;
            row["actual_end"] = done ? (finished > day ? day : finished) : null;
            row["evidence"] = done ? "验收意见（示例）" : null;
            yield return row;
        }
    }

    private IEnumerable<FormRow> Scenes(HashSet<Enterprise> members, int year)
    {
        for (var i = 0; i < 26; i++)
        {
            var dice = DiceOf("scene", $"{i}");
            var owner = Researcher(dice);
            var begun = i < 11 ? ProgrammeStart - 1 + i % 2 : ProgrammeStart + i % 2;
            if (year < begun || Register.ReporterFor(owner, year) is not { } reporter || !members.Contains(reporter))
                continue;
            var online = dice.DayIn(begun + 1);
            var row = Start(reporter, year);
            row["scene_no"] = $"示S{i + 1:00}";
            row["scene_name"] = $"示例智能{owner.Industry.Words[i % owner.Industry.Words.Length]}场景{i + 1}";
            row["scene_status"] = Code(
                "scene_status",
                year == begun ? "BUILD"
                    : dice.Chance(400) ? "ACCEPT"
                    : "RUN"
            );
            row["online_date"] = year > begun ? online : null;
            row["scene_investment_wan"] = Money((year - begun + 1) * 100L * dice.Between(200, 3000));
            yield return row;
        }
    }

    private IEnumerable<FormRow> Sources(Filing filing)
    {
        if (filing.Year < ProgrammeStart)
            yield break;
        for (var i = 0; i < 77; i++)
        {
            var source = i % 14;
            if (source % options.Groups != filing.Group - 1)
                continue;
            var dice = DiceOf("origin", $"{i}");
            var owner = register.Groups[filing.Group - 1];
            var row = Start(owner, filing.Year);
            row["source_no"] = $"示Y{source + 1:00}";
            row["source_name"] = $"示例原创技术策源地{source + 1}";
            row["origin_project_no"] = $"示Y{source + 1:00}-{i / 14 + 1}";
            row["origin_project_name"] = TitleOf(dice, owner, "原创技术");
            row["origin_stage"] = Code(
                "origin_stage",
                (dice.Below(10) + 2 * (filing.Year - ProgrammeStart)) switch
                {
                    < 6 => "RESEARCH",
                    < 8 => "PILOT",
                    _ => "BREAK",
                }
            );
            row["origin_funds_wan"] = Money((filing.Year - ProgrammeStart + 1) * 100L * dice.Between(100, 2500));
            yield return row;
        }
    }

    private IEnumerable<FormRow> Consortia(HashSet<Enterprise> members, int year)
    {
        for (var i = 0; i < 36; i++)
        {
            var dice = DiceOf("consortium", $"{i}");
            var founded = dice.DayIn(dice.Between(2021, options.LastYear));
            var size = dice.Between(4, 18);
            var ours = new[] { Researcher(dice), Researcher(dice) }.Distinct().ToArray();
            for (var place = 0; place < ours.Length; place++)
            {
                if (founded.Year > year || Register.ReporterFor(ours[place], year) is not { } reporter || !members.Contains(reporter))
                    continue;
                if (place > 0 && Register.ReporterFor(ours[0], year) == reporter)
                    continue;
                var row = Start(reporter, year);
                row["consortium_no"] = $"示L{i + 1:00}";
                row["consortium_name"] = $"示例{ours[0].Industry.Words[0]}创新联合体{i + 1}";
                row["consortium_role"] = Code("consortium_role", place == 0 && i % 4 != 0 ? "LEAD" : "MEMBER");
                row["consortium_members_count"] = (long)size;
                row["founded_on"] = founded;
                yield return row;
            }
        }
    }

    private static readonly (string Policy, int Permille, bool Money)[] PolicyKinds =
    [
        ("RESERVE", 600, true),
        ("GUIDE", 350, true),
        ("WAGE", 500, false),
        ("BASIC", 250, false),
        ("LADDER", 700, false),
        ("BREAK", 300, false),
        ("DIVIDEND", 400, true),
        ("SUBSIDY", 200, true),
        ("EVAL", 800, false),
        ("TOLERANCE", 650, false),
    ];

    private IEnumerable<FormRow> Policies(Filing filing)
    {
        if (filing.Year < ProgrammeStart)
            yield break;
        var group = register.Groups[filing.Group - 1];
        foreach (var (policy, permille, money) in PolicyKinds)
        {
            var dice = DiceOf("policy", group.Code, policy);
            var since =
                dice.Chance(permille) ? ProgrammeStart
                : dice.Chance(permille) ? ProgrammeStart + 1
                : int.MaxValue;
            var inForce = since <= filing.Year;
            var row = Start(group, filing.Year);
            row["policy"] = Code("policy", policy);
            row["uptake_status"] = Code(
                "uptake_status",
                inForce ? "FORCE"
                    : dice.Chance(500) ? "PLAN"
                    : "NONE"
            );
            row["in_force_since"] = inForce ? dice.DayIn(since, 4, 12) : null;
            row["policy_amount_wan"] = inForce && money ? Money(100L * dice.Between(200, 6000)) : null;
            row["policy_persons"] = inForce && policy is "LADDER" or "DIVIDEND" or "BREAK" ? (long)dice.Between(3, 400) : null;
            yield return row;
        }
    }

    /// <summary>Single cells that somebody found wrong after the return was accepted: one enterprise of the group, one figure.</summary>
    private IEnumerable<FormRow> Corrections(Filing filing, IReadOnlyList<Enterprise> members)
    {
        var enterprise = members[Math.Min(1, members.Count - 1)];
        var finance = figuresOf(enterprise, filing.Year).Finance;
        var row = Start(enterprise, filing.Year);
        row["corrected_form"] = "finance";
        (row["corrected_field"], row["old_value"], row["new_value"], row["reason"]) =
            filing.Group % 2 == 0
                ? ("revenue_wan", Money(finance.Revenue), Money(finance.Revenue + finance.Revenue / 200), "示例：审计调整，补计一笔营业收入")
                : ("employees_persons", (object)(decimal)finance.Employees, (decimal)(finance.Employees + 12), "示例：漏计劳务派遣转正人员");
        row["approver"] = "示例审核人";
        row["approved_on"] = filing.Filled;
        yield return row;
    }
}
