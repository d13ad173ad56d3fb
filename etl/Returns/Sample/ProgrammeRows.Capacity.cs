using FormRow = System.Collections.Generic.Dictionary<string, object?>;

namespace Innovation1551.Returns.Sample;

/// <summary>What the enterprises have to do research with: platforms, people, titles.</summary>
internal sealed partial class ProgrammeRows
{
    private const int PlatformCount = 300,
        NationalCount = 34;
    private static readonly string[] NationalKinds = ["NKL", "NTIC", "NERC", "NETC", "NETC", "NQIC", "PDRS", "PDRS"];
    private static readonly string[] ProvincialKinds =
    [
        "PL",
        "PKL",
        "PKL",
        "PILOT",
        "PILOT",
        "PTIC",
        "PTIC",
        "PERC",
        "PETC",
        "PETC",
        "NEWRD",
        "DRIS",
        "POC",
        "ACAD",
    ];

    private sealed record Step(int Platform, Enterprise Owner, string Kind, string Level, string Event, DateOnly Date, string Readiness);

    private List<Step>? _steps;

    /// <summary>Every platform's life from its first step on.</summary>
    private List<Step> Steps()
    {
        var all = new List<Step>();
        for (var i = 0; i < PlatformCount; i++)
        {
            var dice = DiceOf("platform", $"{i}");
            var owner = Researcher(dice);
            var national = i < NationalCount;
            var (kind, level) = national ? (dice.Pick(NationalKinds), "NAT") : (i % 97 == 0 ? "PL" : dice.Pick(ProvincialKinds.AsSpan(1).ToArray()), "PROV");
            var year = dice.Between(2008, options.LastYear + 1);
            void Add(string kind, string level, string happening, DateOnly date, string readiness = "NONE") =>
                all.Add(new(i, owner, kind, level, happening, date, readiness));
            if (year >= options.FirstYear + 1)
            {
                Add(kind, level, "PREP", dice.DayIn(year - 1, 1, 6));
                if (dice.Chance(400))
                    Add(kind, level, "FOSTER", dice.DayIn(year - 1, 7, 12));
            }
            if (year > options.LastYear)
                continue;
            Add(kind, level, "APPROVE", dice.DayIn(year, 2, 11), dice.Pick<string>(["NONE", "NONE", "PLAN", "READY", "APPLIED"]));
            var later = dice.Between(2021, options.LastYear);
            if (later <= year)
                continue;
            if (kind == "NKL")
                Add(kind, level, "REORG", dice.DayIn(later, 3, 11));
            else if (kind == "PETC" && dice.Chance(120))
                Add("NETC", "NAT", "UPGRADE", dice.DayIn(later, 3, 11));
            else if (kind == "PKL" && dice.Chance(60))
                Add("NKL", "NAT", "UPGRADE", dice.DayIn(later, 3, 11));
            else if (dice.Chance(30))
                Add(kind, level, "REVOKE", dice.DayIn(later, 3, 11));
        }
        return all;
    }

    private IEnumerable<FormRow> Platforms(HashSet<Enterprise> members, int year)
    {
        foreach (var step in _steps ??= Steps())
        {
            // The first return lists how each platform stood when it began.
            if (
                Math.Max(step.Date.Year, options.FirstYear) != year
                || Register.ReporterFor(step.Owner, year) is not { } reporter
                || !members.Contains(reporter)
            )
                continue;
            var row = Start(reporter, year);
            row["platform_no"] = $"示P{step.Platform + 1:000}";
            row["platform_name"] =
                $"示例{step.Owner.Industry.Words[step.Platform % step.Owner.Industry.Words.Length]}{CodeNames.Of("platform_kind", step.Kind)}（{step.Platform + 1}）";
            row["platform_kind"] = Code("platform_kind", step.Kind);
            row["platform_level"] = Code("platform_level", step.Level);
            row["platform_event"] = Code("platform_event", step.Event);
            row["event_date"] = step.Date;
            row["upgrade_readiness"] = Code("upgrade_readiness", step.Readiness);
            row["approval_no"] = step.Event is "APPROVE" or "REORG" or "UPGRADE" ? $"示科函〔{step.Date.Year}〕{step.Platform + 1}号" : null;
            row["note"] = step.Date.Year < year ? "期初状态" : null;
            yield return row;
        }
    }

    private static readonly string[] Criteria = ["DIRECTION", "TEAM", "PLACE", "EQUIPMENT", "FUNDS", "NATIONAL", "RESULTS", "OPENNESS"];

    /// <summary>The three laboratories that are built up to the level above: each year some more of what is asked is there.</summary>
    private IEnumerable<FormRow> Laboratories(HashSet<Enterprise> members, int year)
    {
        if (year < ProgrammeStart)
            yield break;
        for (var lab = 0; lab < 3; lab++)
        {
            var owner = Researcher(DiceOf("laboratory", $"{lab}"));
            if (Register.ReporterFor(owner, year) is not { } reporter || !members.Contains(reporter))
                continue;
            foreach (var criterion in Criteria)
            {
                // How far it was at the start, and in which year it is done.
                var dice = DiceOf("criterion", $"{lab}", criterion);
                var done = ProgrammeStart + dice.Below(6);
                var state =
                    year >= done ? "MET"
                    : year == done - 1 ? "PART"
                    : "MISSING";
                var row = Start(reporter, year);
                row["lab_no"] = $"示L{lab + 1}";
                row["lab_name"] = $"示例{owner.Industry.Words[lab % owner.Industry.Words.Length]}省实验室";
                row["upgrade_criterion"] = Code("upgrade_criterion", criterion);
                row["criterion_state"] = Code("criterion_state", state);
                row["criterion_evidence"] = state == "MET" ? $"示证〔{done}〕{lab + 1}号" : null;
                yield return row;
            }
        }
    }

    private FormRow Talent(Enterprise enterprise, int year)
    {
        var figures = figuresOf(enterprise, year);
        var dice = DiceOf("talent", enterprise.Code);
        var employees = figures.Finance.Employees;
        var managers = employees * dice.Between(50, 80) / 1000;
        var professionals = employees * dice.Between(80, 120) / 1000;
        var both = Math.Min(managers, professionals) * dice.Between(45, 70) / 100;
        var skilled = employees * dice.Between(60, 100) / 1000;
        var row = Start(enterprise, year);
        row["managers_persons"] = managers;
        row["professionals_persons"] = professionals;
        row["managers_professionals_persons"] = both;
        row["skilled_persons"] = skilled;
        row["talent_persons"] = managers + professionals - both + skilled;
        row["academicians_persons"] = 0L;
        var flexible = enterprise.IsGroup ? dice.Below(8) + 2L * Math.Max(0, year - ProgrammeStart + 1) : dice.Below(3);
        row["flexible_persons"] = flexible;
        row["flexible_concurrent_persons"] = flexible / 2;
        row["flexible_migratory_persons"] = (flexible - flexible / 2) / 2;
        row["flexible_weekend_persons"] = flexible - flexible / 2 - (flexible - flexible / 2) / 2;
        row["rd_talent_persons"] = (long)figures.Rd.Personnel;
        return row;
    }

    /// <summary>How often a title is held, in permille of the enterprises at the end of the sample, and for how many years it is given.</summary>
    private static readonly (string Title, int Permille, int? Years)[] TitleKinds =
    [
        ("HNTE", 560, 3),
        ("TSME", 260, 1),
        ("ISME", 180, 3),
        ("SRDI", 150, 3),
        ("GIANT", 40, 3),
        ("CHAMP", 14, 3),
        ("UNICORN", 4, null),
        ("GAZELLE", 24, null),
        ("KGQY", 26, null),
        ("SBQY", 20, null),
        ("WORLD", 8, null),
        ("CHAIN", 34, null),
    ];

    private IEnumerable<FormRow> Titles(Enterprise enterprise, int year)
    {
        foreach (var (title, permille, years) in TitleKinds)
        {
            var dice = DiceOf("title", enterprise.Code, title);
            if (!dice.Chance(permille))
                continue;
            var from = dice.DayIn(dice.Between(title == "CHAIN" ? 2022 : 2017, options.LastYear), 7, 12);
            for (var number = 1; from.Year <= year; number++)
            {
                var to = years is { } span ? from.AddYears(span).AddDays(-1) : (DateOnly?)null;
                if (to is null || to.Value.Year >= year)
                {
                    var row = Start(enterprise, year);
                    row["enterprise_title"] = Code("enterprise_title", title);
                    row["title_certificate_no"] = $"示{title}{from.Year}{enterprise.Code[11..16]}";
                    row["valid_from"] = from;
                    row["valid_to"] = to;
                    yield return row;
                }
                // One in eight is not renewed.
                if (to is null || dice.Chance(125))
                    break;
                from = to.Value.AddDays(1);
            }
        }
    }
}
