using Innovation1551.Models.Disclosure;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Disclosure;

/// <summary>What the gate leaves cannot be reckoned back: known problems come out as known, and an attacker of our own fails on tables made by chance.</summary>
public sealed class SuppressionSpecs
{
    /// <summary>The counts of sdcTable's <c>microdata1</c> (100 persons by region and gender; R package sdcTable, data-raw/microdata1.R).</summary>
    private static ToldSums Persons()
    {
        var sums = new ToldSums();
        foreach (var (region, male, female) in ((string, int, int)[])[("A", 18, 2), ("B", 14, 19), ("C", 12, 10), ("D", 11, 14)])
            for (var i = 0; i < male + female; i++)
            {
                var gender = i < male ? "male" : "female";
                sums.Add($"{region}{i}", 1, "total", region, gender, $"{region}:{gender}");
            }
        return sums;
    }

    /// <summary>sdcTable's own linked problem (tests/testthat/test-linked-tables.r): regions in two counties and, across them, two groups.</summary>
    private static ToldSums Linked()
    {
        var sums = new ToldSums();
        foreach (
            var (region, n, county, group) in ((string, int, string, string)[])
                [
                    ("A", 2, "county-1", "small"),
                    ("B", 2, "county-1", "small"),
                    ("I", 8, "county-1", "small"),
                    ("J", 8, "county-1", "small"),
                    ("K", 3, "county-2", "small"),
                    ("L", 3, "county-2", "big"),
                    ("M", 3, "county-2", "big"),
                    ("N", 7, "county-2", "small"),
                ]
        )
            for (var i = 0; i < n; i++)
                sums.Add($"{region}{i}", 1, "total", region, county, group);
        return sums;
    }

    [Fact]
    public void One_forbidden_cell_of_a_table_takes_three_others_with_it()
    {
        var sums = Persons();
        var gone = sums.Gate("3,,,,50");
        Assert.Equal(["A:female"], gone.Where(g => g.Value.Reason == "primary").Select(g => g.Key));
        Assert.Equal(3, gone.Count(g => g.Value.Reason == "secondary"));
        Assert.Contains("A:male", gone.Keys);
        Assert.Equal((2, 2), sums.Interval(sums.Sums["A:female"], s => s != "A:female"));
        var (low, high) = sums.Interval(sums.Sums["A:female"], s => !gone.ContainsKey(s));
        Assert.True(low <= 1 && high >= 3, $"{low} to {high}");
    }

    [Fact]
    public void What_two_linked_tables_give_away_together_is_hidden_in_both()
    {
        var sums = Linked();
        string[] small = ["A", "B", "K", "L", "M"];
        // Each table alone keeps the five safe; A + B of the one and A + B + K of the other give K.
        foreach (
            var other in (string[][])
                [
                    ["big", "small"],
                    ["county-1", "county-2"],
                ]
        )
            Assert.All(
                small,
                region => Assert.True(sums.Interval(sums.Sums[region], s => !small.Contains(s) && !other.Contains(s)) is var (l, h) && h - l > 1, region)
            );
        Assert.Equal((3, 3), Rounded(sums.Interval(sums.Sums["K"], s => !small.Contains(s))));

        var gone = sums.Gate("4,,,,30");
        Assert.Equal(small, gone.Where(g => g.Value.Reason == "primary").Select(g => g.Key));
        Assert.All(
            small,
            region =>
            {
                var (low, high) = sums.Interval(sums.Sums[region], s => !gone.ContainsKey(s));
                var value = sums.Sums[region].Count;
                Assert.True(low <= value * 0.7 + 1e-6 && high >= value * 1.3 - 1e-6, $"{region}: {low} to {high}");
            }
        );
    }

    [Fact]
    public void Nobody_reckons_what_is_protected_in_tables_made_by_chance() => Attack(0, 16);

    [Fact(Explicit = true)]
    public void Nobody_reckons_what_is_protected_in_two_hundred_tables() => Attack(0, 200);

    private static void Attack(int first, int tables)
    {
        var (watched, lost) = (0, 0);
        for (var seed = first; seed < first + tables; seed++)
        {
            var sums = ByChance(seed, out var random);
            var dominance = random.Next(2) == 0 ? "1,70" : ",";
            var gone = sums.Gate($"3,{dominance},10,10");
            var forbidden = sums.Sums.Where(s => Needed(sums, s.Value, dominance != ",") is not null).Select(s => s.Key).ToList();
            Assert.Equal(forbidden, gone.Where(g => g.Value.Reason == "primary").Select(g => g.Key));
            lost += gone.Count - forbidden.Count;
            foreach (var sum in forbidden)
                Hold(sums.Sums[sum], Needed(sums, sums.Sums[sum], dominance != ",")!.Value, null, sum);
            for (var i = 0; i < sums.Amounts.Count; i++)
                Hold([i], sums.Amounts[i].Amount * 0.1, null, sums.Amounts[i].Respondent);
            // In some of them each respondent, who knows what he has himself, looks for each of the others.
            for (var i = 0; seed % 16 == 0 && i < sums.Amounts.Count; i++)
            for (var j = 0; j < sums.Amounts.Count; j++)
                if (i != j)
                    Hold([i], sums.Amounts[i].Amount * 0.1, sums.Amounts[j].Respondent, $"{i} by {j}");

            void Hold(List<int> amounts, double needed, string? insider, string what)
            {
                watched++;
                var value = amounts.Sum(i => sums.Amounts[i].Amount);
                var (low, high) = sums.Interval(amounts, s => !gone.ContainsKey(s), insider);
                Assert.True(
                    low <= value - Math.Min(needed, value) + 1e-4 && high >= value + needed - 1e-4,
                    $"table {seed}, {what}: {value} lies between {low} and {high}, {needed} is needed"
                );
            }
        }
        Assert.True(watched > tables * 20 && lost > tables, $"{watched} watched, {lost} hidden for others");
    }

    /// <summary>Two cells of one respondent each would protect each other from a reader, and neither from the other.</summary>
    [Fact]
    public void Who_knows_his_own_amount_finds_no_other()
    {
        var sums = new ToldSums();
        foreach (var (city, n) in ((string, int)[])[("one", 1), ("two", 1), ("many", 5), ("more", 6)])
            for (var i = 0; i < n; i++)
                sums.Add($"{city}{i}", 100 + i, "total", city);
        Assert.True(sums.Interval(sums.Sums["one"], s => s is not ("one" or "two")) is (0, >= 199));
        Assert.Equal((100, 100), Rounded(sums.Interval(sums.Sums["one"], s => s is not ("one" or "two"), "two0")));
        var gone = sums.Gate("3,,,,10");
        Assert.Equal(3, gone.Count);
        Assert.True(sums.Interval(sums.Sums["one"], s => !gone.ContainsKey(s), "two0") is (<= 90, >= 110));
    }

    [Fact]
    public void An_earlier_edition_protects_nothing_and_is_not_undone()
    {
        var sums = Persons();
        var first = sums.Gate("3,,,,50");
        var hidden = first.Single(g => g.Value.Reason == "secondary" && g.Key.EndsWith(":female", StringComparison.Ordinal)).Key;
        // What was told cannot hide anything: another goes in its place.
        var told = sums.Gate("3,,,,50", new Dictionary<string, bool> { [hidden] = true });
        Assert.DoesNotContain(hidden, told.Keys);
        Assert.True(sums.Interval(sums.Sums["A:female"], s => !told.ContainsKey(s)) is (<= 1, >= 3));
        // What was hidden stays so, also where this edition alone would not need it.
        Assert.Equal("earlier", sums.Gate("3,,,,50", new Dictionary<string, bool> { ["C"] = false })["C"].Reason);
        // With everything else told, this edition cannot keep the cell from whoever holds both: it is refused and named.
        var all = sums.Sums.Keys.Where(s => s != "A:female").ToDictionary(s => s, _ => true);
        Assert.Contains("A:female", Assert.Throws<DisclosureException>(() => sums.Gate("3,,,,50", all)).Problem.En, StringComparison.Ordinal);
        // The cell itself has been told: it goes, and nothing is spent on it.
        Assert.Equal(["A:female"], sums.Gate("3,,,,50", new Dictionary<string, bool> { ["A:female"] = true }).Keys);
    }

    [Fact]
    public void Out_of_time_is_a_refusal()
    {
        var folder = Directory.CreateTempSubdirectory("disclosure").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "seeds"));
            var threshold = Models.WarehouseSketch.Definitions["seeds/threshold.csv"];
            Assert.Contains("disclosure_seconds,300,", threshold, StringComparison.Ordinal);
            File.WriteAllText(
                Path.Combine(folder, "seeds", "threshold.csv"),
                threshold.Replace("disclosure_seconds,300,", "disclosure_seconds,0,", StringComparison.Ordinal)
            );
            var refusal = Assert.Throws<DisclosureException>(() => Persons().Gate("3,,,,50", definitions: Definitions.Load(folder)));
            Assert.Equal(2, refusal.ExitCode);
            Assert.Contains("disclosure_seconds", refusal.Problem.En, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("R1,rd_expens,3,,,10,10,x", "rd_expense")]
    [InlineData("R1,rd_expense,1,,,10,10,x", "threshold")]
    [InlineData("R1,rd_expense,3,2,,10,10,x", "dominance")]
    [InlineData("R1,rd_expense,3,,,101,10,x", "p_percent")]
    [InlineData("R1,rd_expense,3,,,10,,x", "range_percent")]
    [InlineData("R1,rd_expense,3,,,10,10,", "reason")]
    [InlineData("R1,rd_expense,3,,,10,10,x\nR2,rd_expense,3,,,10,10,x", "line 2")]
    public void A_rule_that_does_not_hold_is_named(string lines, string what)
    {
        var folder = Directory.CreateTempSubdirectory("disclosure").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "seeds"));
            File.WriteAllText(
                Path.Combine(folder, "seeds", "disclosure_rule.csv"),
                Models.WarehouseSketch.Definitions[DisclosureRules.Path].TrimEnd() + "\n" + lines + "\n"
            );
            var fault = Assert.Throws<DefinitionException>(() => DisclosureRules.AreThere(Definitions.Load(folder)));
            Assert.Equal(DisclosureRules.Path, fault.File);
            Assert.Contains(what, fault.Problem.En, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Fourteen respondents with amounts of several orders of magnitude, by city, industry and group, with one table of two dimensions.</summary>
    private static ToldSums ByChance(int seed, out Random random)
    {
        random = new Random(seed);
        var sums = new ToldSums();
        for (var i = 0; i < 14; i++)
        {
            var (city, industry, group) = ($"c{random.Next(3)}", $"i{random.Next(4)}", $"g{random.Next(3)}");
            var amount = Math.Round(Math.Exp(random.NextDouble() * 6), 2);
            sums.Add($"e{i:00}", amount, "total", city, industry, group, $"{city}:{industry}");
        }
        return sums;
    }

    /// <summary>The rules over again, by hand: how far a forbidden sum must be kept from its readers; null where it may be told.</summary>
    private static double? Needed(ToldSums sums, List<int> members, bool dominance)
    {
        var parts = members.Select(i => sums.Amounts[i].Amount).OrderDescending().ToList();
        var (value, first, second) = (parts.Sum(), parts[0], parts.ElementAtOrDefault(1));
        var needed = new List<double>();
        if (parts.Count < 3)
            needed.Add(value * 0.1);
        if (dominance && first > value * 0.7 + 1e-9)
            needed.Add(first / 0.7 - value);
        if (value - first - second < first * 0.1 - 1e-9)
            needed.Add(first * 0.1 - (value - first - second));
        return needed.Count == 0 ? null : needed.Max();
    }

    private static (double, double) Rounded((double Low, double High) interval) => (Math.Round(interval.Low, 6), Math.Round(interval.High, 6));
}
