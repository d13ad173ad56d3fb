namespace Innovation1551.Returns.Sample;

/// <summary>Invents patents and their lives: filed, published, granted or refused, lapsed or passed on.</summary>
internal sealed class PatentMaker(SampleOptions options, Register register)
{
    private static readonly string[] Outsiders = ["示例理工大学", "示例煤炭化学研究院", "示例智能矿山实验室", "示例大学"];
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);

    /// <summary>Filed from nine years before the first return on, so that the first years have grants and a stock to begin with.</summary>
    public List<Patent> Make()
    {
        var patents = new List<Patent>();
        for (var year = options.FirstYear - 9; year <= options.LastYear; year++)
            MakeYear(year, patents);
        return patents;
    }

    private void MakeYear(int year, List<Patent> patents)
    {
        var dice = Dice.For(options.Seed, "patents", $"{year}");
        var sinceStart = year - (options.FirstYear - 3);
        var count = (int)((1640L + (sinceStart < 0 ? 110 : 145) * sinceStart + dice.Between(-60, 60)) * register.Businesses.Count / 220);
        var cumulative = new long[register.Businesses.Count];
        long sum = 0;
        for (var i = 0; i < cumulative.Length; i++)
        {
            var business = register.Businesses[i];
            var y = Math.Max(0, year - (options.FirstYear - 1));
            // The root of the spend: the largest houses file many patents, but not in proportion.
            sum += (long)Math.Sqrt(business.Expense[y] / 100) * business.Founder.Industry.Inventive;
            cumulative[i] = sum;
        }
        for (var i = 0; i < count; i++)
        {
            var owner = Register.ReporterFor(register.Businesses[dice.Weighted(cumulative)].Founder, year);
            if (owner is not null)
                patents.Add(MakeOne(dice, year, sinceStart, owner));
        }
    }

    private Patent MakeOne(Dice dice, int year, int sinceStart, Enterprise owner)
    {
        var draw = dice.Below(1000);
        var inventions = 320 + 24 * sinceStart;
        var type =
            draw < inventions ? "I"
            : draw < 945 ? "U"
            : "D";
        var filed = dice.DayIn(year);
        var second = dice.Chance(120) ? PartnerOf(dice, owner, year) : null;
        var outsider = dice.Chance(70) ? dice.Pick(Outsiders) : null;
        return new(
            NewNumber(dice, year, type),
            type,
            PatentTitles.Make(dice, type, owner.Industry.Code),
            owner,
            second,
            outsider,
            second is not null && dice.Chance(450),
            Life(dice, type, filed, second)
        );
    }

    private string NewNumber(Dice dice, int year, string type)
    {
        while (true)
        {
            var number = PatentNumber.Of(year, type, dice.Between(10_000, 9_999_999));
            if (_numbers.Add(number))
                return number;
        }
    }

    /// <summary>Mostly a sister of the same group, sometimes a house of another.</summary>
    private Enterprise? PartnerOf(Dice dice, Enterprise owner, int year)
    {
        var parent = owner.IsGroup ? owner.Code : owner.AtEndOf(year)?.ParentCode;
        var pool = dice.Chance(700)
            ? register.All.Where(e => e != owner && e.AtEndOf(year) is { } s && (s.ParentCode == parent || e.Code == parent)).ToList()
            : register.All.Where(e => e != owner && e.AtEndOf(year) is not null).ToList();
        return pool.Count == 0 ? null : dice.Pick(pool);
    }

    private List<PatentEvent> Life(Dice dice, string type, DateOnly filed, Enterprise? heir)
    {
        List<PatentEvent> life = [new("FILE", filed)];
        if (type == "I")
        {
            var published = filed.AddDays(dice.Between(150, 540));
            life.Add(new("PUB", published));
            var decided = published.AddDays(dice.Between(120, 420));
            var fate = dice.Below(1000);
            life.Add(
                new(
                    fate < 640 ? "GRANT"
                        : fate < 820 ? "REJ"
                        : "WDN",
                    decided
                )
            );
        }
        else if (dice.Chance(type == "U" ? 930 : 965))
            life.Add(new("GRANT", filed.AddDays(dice.Between(120, 300))));
        if (life[^1] is { Kind: "GRANT" } grant)
            After(dice, type, grant.Date, heir, life);
        return life;
    }

    private static void After(Dice dice, string type, DateOnly granted, Enterprise? heir, List<PatentEvent> life)
    {
        if (dice.Chance(12))
            life.Add(new("PLEDGE", granted.AddDays(dice.Between(60, 500))));
        if (dice.Chance(15))
            life.Add(new("LICENSE", granted.AddDays(dice.Between(60, 700))));
        var end = granted.AddDays(dice.Between(720, 1800));
        if (heir is not null && dice.Chance(60))
            life.Add(new("ASSIGN", end, $"转让给{heir.NameAt(end)}"));
        else if (dice.Chance(type == "I" ? 60 : 190))
            life.Add(new("LAPSE", end, "未缴年费"));
    }
}
