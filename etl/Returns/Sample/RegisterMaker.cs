namespace Innovation1551.Returns.Sample;

/// <summary>The invented enterprises with their parents and histories.</summary>
internal sealed record Register(IReadOnlyList<Enterprise> Groups, IReadOnlyList<Enterprise> All, IReadOnlyList<Business> Businesses)
{
    /// <summary>A group and its subsidiaries at the end of a year, the group's headquarters first.</summary>
    public IEnumerable<Enterprise> MembersOf(Enterprise group, int year) => All.Where(e => e == group || e.AtEndOf(year)?.ParentCode == group.Code);

    /// <summary>Who reports for an enterprise in a year: itself, or who took it over; null when it closed.</summary>
    public static Enterprise? ReporterFor(Enterprise enterprise, int year)
    {
        for (Enterprise? e = enterprise; e is not null; e = e.Successor)
            if (e.AtEndOf(year) is not null)
                return e;
        return null;
    }
}

/// <summary>Makes the register: groups, subsidiaries, and the changes that a register must survive.</summary>
internal sealed class RegisterMaker(SampleOptions options)
{
    private static readonly DateOnly Beginning = new(2012, 1, 1);
    private readonly Dice _dice = Dice.For(options.Seed, "register");
    private readonly List<Enterprise> _groups = [];
    private readonly List<Enterprise> _all = [];
    private readonly List<Business> _businesses = [];
    private readonly Dictionary<(int Group, int Number), Enterprise> _subsidiaries = [];
    private int _codes;

    private int Years => options.LastYear + 1 - (options.FirstYear - 1) + 1;

    public Register Make()
    {
        var names = new NameMaker(_dice);
        var seeds = Enumerable.Range(1, options.Groups).Select(GroupSeed.Number).ToList();
        var counts = Shares.Split(options.Subsidiaries, [.. seeds.Select(s => 6 + (long)Math.Sqrt(s.Weight) * 2)]);
        for (var g = 0; g < seeds.Count; g++)
            MakeGroup(g + 1, seeds[g], (int)counts[g], names);
        Renames();
        Merger();
        Split();
        MoveAndClosure();
        return new(_groups, _all, _businesses);
    }

    private void MakeGroup(int number, GroupSeed seed, int count, NameMaker names)
    {
        var group = Add("G", seed.Short, seed.Name, seed.Industries[0], seed.City, null, Beginning);
        _groups.Add(group);
        AddBusiness(group, seed.Weight * 40L);
        var weights = Enumerable.Range(0, count).Select(i => 1000L / (i + 2) + _dice.Below(60)).ToArray();
        var shares = Shares.Split(seed.Weight * 960L, weights);
        for (var i = 0; i < count; i++)
        {
            var industry = seed.Industries[i % seed.Industries.Length];
            var profile = IndustryProfile.Of(industry);
            var core = $"示例{names.Next()}{_dice.Pick(profile.Words)}";
            var city = _dice.Chance(600) ? seed.City : _dice.Pick(Cities);
            // The seventh group founds its third subsidiary within the years of the sample: a first year without a year before.
            var founded = number == 7 && i == 2 ? new DateOnly(2021, 4, 1) : new DateOnly(2013 + _dice.Below(6), 1 + _dice.Below(12), 1);
            var subsidiary = Add("S", core, core + "有限公司", industry, city, group.Code, founded);
            _subsidiaries[(number, i + 1)] = subsidiary;
            AddBusiness(subsidiary, Math.Max(20, shares[i]), founded.Year);
        }
    }

    private static readonly string[] Cities = ["1401", "1402", "1403", "1404", "1405", "1406", "1407", "1408", "1409", "1410", "1411"];

    private Enterprise Add(string level, string shortName, string name, string industry, string city, string? parent, DateOnly from, string change = "NEW")
    {
        var enterprise = new Enterprise(CreditCode.Of(city, ++_codes), level, shortName, industry, city);
        enterprise.Stretches.Add(new(name, parent, from, null, change));
        _all.Add(enterprise);
        return enterprise;
    }

    private Business AddBusiness(Enterprise owner, long weight, int founded = int.MinValue)
    {
        var business = new Business(owner, Years) { Weight = weight, FoundedIn = founded };
        _businesses.Add(business);
        owner.Businesses.Add((int.MinValue, [business]));
        return business;
    }

    private void Renames()
    {
        if (_groups.Count >= 4)
            Rename(_groups[3], new(2020, 10, 27), "示例岩坪矿业集团有限责任公司");
        if (_groups.Count >= 14)
            Rename(_groups[13], new(2022, 7, 1), "示例峦秀旅游投资集团有限公司");
        if (_subsidiaries.TryGetValue((1, 2), out var first))
            Rename(first, new(2022, 7, 1), "示例老岭采掘有限责任公司");
        if (_subsidiaries.TryGetValue((6, 1), out var second))
            Rename(second, new(2024, 3, 15), "示例通衢养护有限责任公司");
        if (_subsidiaries.TryGetValue((12, 3), out var third))
            Rename(third, new(2023, 5, 8), third.Short + "总公司");
    }

    /// <summary>The present name is the later one; before the day it had another.</summary>
    private static void Rename(Enterprise enterprise, DateOnly day, string former)
    {
        var now = enterprise.Stretches[^1];
        enterprise.Stretches[^1] = now with { Name = former };
        enterprise.Change(day, "RENAME", now.Name, note: $"由{former}更名");
    }

    private void Merger()
    {
        if (!_subsidiaries.TryGetValue((2, 3), out var one) || !_subsidiaries.TryGetValue((2, 4), out var other))
            return;
        var day = new DateOnly(2022, 7, 1);
        var merged = Add("S", "示例岚峰联合焦化", "示例岚峰联合焦化有限公司", "C25", "1401", _groups[1].Code, day, "MERGE");
        merged.Stretches[0] = merged.Stretches[0] with
        {
            Predecessors = $"{one.Code}；{other.Code}",
            Note = $"由{one.Stretches[^1].Name}与{other.Stretches[^1].Name}合并设立",
        };
        merged.Businesses.Add((2022, [.. one.BusinessesIn(2022), .. other.BusinessesIn(2022)]));
        foreach (var part in new[] { one, other })
        {
            part.End(day.AddDays(-1), null, $"并入{merged.Stretches[0].Name}");
            part.Successor = merged;
        }
    }

    private void Split()
    {
        if (!_subsidiaries.TryGetValue((5, 1), out var whole))
            return;
        var day = new DateOnly(2023, 1, 1);
        var kept = whole.BusinessesIn(2022)[0];
        var parted = Add("S", "示例恒岳智能装备", "示例恒岳智能装备有限公司", "C35", "1401", _groups[4].Code, day, "SPLIT");
        parted.Stretches[0] = parted.Stretches[0] with { Predecessors = whole.Code, Note = $"自{whole.Stretches[^1].Name}分立" };
        var leaving = new Business(whole, Years) { Weight = kept.Weight / 3 };
        _businesses.Add(leaving);
        whole.Businesses[0] = (int.MinValue, [kept, leaving]);
        whole.Businesses.Add((2023, [kept]));
        parted.Businesses.Add((2023, [leaving]));
    }

    private void MoveAndClosure()
    {
        if (_groups.Count >= 10 && _subsidiaries.TryGetValue((1, 5), out var moved))
            moved.Change(new(2022, 1, 1), "MOVE", parent: _groups[9].Code, note: $"由{_groups[0].Stretches[0].Name}划转");
        if (_subsidiaries.TryGetValue((9, 4), out var closed))
            closed.End(new(2023, 6, 30), "CLOSE", "注销");
    }
}
