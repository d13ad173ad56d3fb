namespace Innovation1551.Returns.Sample;

/// <summary>Invents a year's awards: some forty of the province, up to three of the state, two dozen of associations.</summary>
internal sealed class AwardMaker(SampleOptions options, Register register)
{
    private static readonly string[] Aims =
    [
        "关键技术及应用",
        "成套装备研制",
        "安全高效开采技术",
        "智能化示范工程",
        "绿色低碳工艺",
        "工程技术创新",
        "产业化关键技术",
    ];

    public List<Award> Make()
    {
        var awards = new List<Award>();
        for (var year = options.FirstYear; year <= options.LastYear; year++)
        {
            var dice = Dice.For(options.Seed, "awards", $"{year}");
            var national = dice.Below(4);
            var provincial = 30 + dice.Below(6) + Math.Min(9, 2 * (year - options.FirstYear));
            var other = dice.Between(16, 26);
            for (var i = 0; i < national + provincial + other; i++)
                awards.Add(
                    MakeOne(
                        dice,
                        year,
                        i,
                        i < national ? "NAT"
                            : i < national + provincial ? "PROV"
                            : dice.Chance(600) ? "IND"
                            : "SOC"
                    )
                );
        }
        return awards;
    }

    private Award MakeOne(Dice dice, int year, int number, string level)
    {
        var (scheme, grade) = level switch
        {
            "NAT" => (dice.Chance(800) ? "STP" : "TI", "2"),
            "PROV" => Provincial(dice),
            _ => ("OTH", dice.Pick<string>(["1", "2", "2", "3", "3"])),
        };
        var lead = Active(dice, year);
        var units = new List<Enterprise> { lead };
        var wanted = 1 + dice.Below(4);
        while (units.Count < wanted)
        {
            var unit = Active(dice, year);
            if (!units.Contains(unit))
                units.Add(unit);
        }
        // The lead unit has most, the rest falls with rank.
        var shares = Shares.Split(100, [.. units.Select((_, i) => 10L - 2 * i + dice.Below(2))]);
        // Here and there one of the units is a university, which the register of enterprises does not know; it keeps its rank, first or last, and its share.
        var outsider =
            units.Count > 1
                ? dice.Below(100) switch
                {
                    < 20 => 0,
                    < 40 => units.Count - 1,
                    _ => -1,
                }
                : -1;
        var listed = units.Select((unit, i) => (unit, i + 1, (int)shares[i])).Where((_, i) => i != outsider).ToList();
        return new($"示{year}-{level}-{scheme}-{grade}-{number + 1:000}", year, ProjectOf(dice, lead), level, scheme, grade, units.Count, listed);
    }

    private static (string Scheme, string Grade) Provincial(Dice dice) =>
        dice.Below(100) switch
        {
            < 70 => ("STP", dice.Pick<string>(["1", "2", "2", "2", "3", "3", "3"])),
            < 79 => ("TI", dice.Pick<string>(["1", "2", "3"])),
            < 86 => ("NS", dice.Pick<string>(["2", "3"])),
            < 94 => ("ENT", "N"),
            < 97 => ("COOP", "N"),
            _ => ("PAT", "N"),
        };

    private Enterprise Active(Dice dice, int year)
    {
        while (true)
        {
            var unit = dice.Pick(register.All);
            if (unit.AtEndOf(year) is not null && dice.Below(800) < unit.Industry.Intensity)
                return unit;
        }
    }

    private static string ProjectOf(Dice dice, Enterprise lead)
    {
        var title = PatentTitles.Make(dice, "I", lead.Industry.Code);
        return string.Concat(title.AsSpan(2), dice.Pick(Aims));
    }
}
