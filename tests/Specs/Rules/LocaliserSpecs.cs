using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Rules;

/// <summary>The search for wrong cells is exact, and of equally small explanations the likelier one comes first.</summary>
public class LocaliserSpecs
{
    /// <summary>Random small forms with random faults: the sets found are those that trying out every value of every set of cells finds.</summary>
    [Fact]
    public void The_smallest_sets_are_those_of_a_brute_force_search()
    {
        var random = new Random(1551);
        var sizes = new int[ErrorLocaliser.MaxCells + 1];
        for (var trial = 0; trial < 400; trial++)
        {
            // Two balances that share cells, or three that share none: the corners of what is allowed then lie on halves, which the oracle tries.
            var apart = trial % 4 == 0;
            var cells = apart ? 6 : random.Next(3, 7);
            var balances = Enumerable
                .Range(0, apart ? 3 : random.Next(1, 3))
                .Select(n =>
                {
                    var members = apart
                        ? [2 * n, 2 * n + 1]
                        : Enumerable.Range(0, cells).OrderBy(_ => random.Next()).Take(random.Next(2, Math.Min(cells, 4) + 1)).ToList();
                    return new LinearBalance(
                        [
                            .. members.Select(
                                (c, i) =>
                                    (
                                        c,
                                        i == 0 ? 1
                                        : random.Next(8) == 0 ? 1
                                        : -1
                                    )
                            ),
                        ],
                        random.Next(3) == 0 ? 1 : 0
                    );
                })
                .ToList();
            var values = Enumerable.Range(0, cells).Select(_ => (decimal)random.Next(0, 6)).ToArray();
            var negative = Enumerable.Range(0, cells).Select(_ => random.Next(5) == 0).ToArray();
            var found = ErrorLocaliser.MinimalSets(balances, values, negative);
            var expected = BruteForce(balances, values, negative, apart ? 7 : 24);
            Assert.Equal(expected, found.Select(s => string.Join(',', s.Cells)).Order(StringComparer.Ordinal));
            sizes[found.Count == 0 ? 0 : found[0].Cells.Length]++;
        }
        Assert.All(sizes, n => Assert.True(n > 0, $"the trials never needed some number of cells: {string.Join(' ', sizes)}"));
    }

    /// <summary>The interval named for a cell holds exactly the values with which the others of the set can still be chosen.</summary>
    [Fact]
    public void The_interval_of_a_single_cell_is_where_every_balance_holds()
    {
        LinearBalance[] balances = [new([(0, 1), (1, -1), (2, -1)], 1.5m), new([(0, 1), (3, -1)], 1)];
        var only = Assert.Single(ErrorLocaliser.MinimalSets(balances, [150, 60, 40, 100], [false, false, false, false]));
        Assert.Equal([0], only.Cells);
        Assert.Equal((99m, 101m), only.Ranges[0]);
    }

    [Theory]
    [InlineData("activity_basic_wan", 1100, "activity_basic_wan", 110, SlipKind.PowerOfTen)]
    [InlineData("fund_enterprise_wan", 707, "fund_enterprise_wan", 770, SlipKind.Transposed)]
    [InlineData("intramural_current_wan", -770, "intramural_current_wan", 770, SlipKind.Sign)]
    [InlineData("intramural_total_wan", 999, "intramural_total_wan", 990, SlipKind.OneDigit)]
    [InlineData("cost_outsourced_wan", 11, "cost_outsourced_wan", 110, SlipKind.PowerOfTen)]
    public void A_common_slip_is_named_with_the_figure_that_was_meant(string field, int written, string named, int meant, SlipKind kind)
    {
        var found = Locate(row => row[field] = written);
        var cell = Assert.Single(found!.Cells);
        Assert.Equal((named, meant, kind), (cell.Field, cell.Likely, cell.Kind));
    }

    [Fact]
    public void Two_cells_are_named_where_one_cannot_explain_it()
    {
        var found = Locate(row =>
        {
            row["activity_basic_wan"] = 1100;
            row["fund_enterprise_wan"] = 77;
        });
        Assert.Equal(["activity_basic_wan", "fund_enterprise_wan"], found!.Cells.Select(c => c.Field).Order(StringComparer.Ordinal));
        Assert.Equal([110m, 770m], found.Cells.OrderBy(c => c.Field, StringComparer.Ordinal).Select(c => c.Likely));
    }

    [Fact]
    public void A_row_that_balances_names_no_cell() => Assert.Null(Locate(_ => { }));

    [Fact]
    public void What_cannot_be_told_apart_is_named_together()
    {
        // 1,234 more than the parts: without last year's figures each type of cost may be too low, and no slip explains it better.
        var found = Locate(row => row["expense_total_wan"] += 1234, compare: false)!;
        Assert.NotEmpty(found.Others);
        Assert.Contains("expense_total_wan", found.Others.Prepend(found.Cells).SelectMany(c => c).Select(c => c.Field));
    }

    private static Localisation? Locate(Action<Dictionary<string, decimal?>> change, bool compare = true)
    {
        var balances = new RuleCatalogue(Definitions.Load()).Returns.Where(r => r.Form == "rd_spend" && r.Balance is not null).Select(r => r.Balance!);
        var localiser = new RowLocaliser(RdSpendForm.Form, balances);
        var row = Row(11);
        change(row);
        return localiser.Locate(row, compare ? Row(10) : null);
    }

    private static Dictionary<string, decimal?> Row(int times)
    {
        (string, int)[] tens =
        [
            ("expense_total_wan", 100),
            ("cost_personnel_wan", 40),
            ("cost_direct_input_wan", 30),
            ("cost_depreciation_wan", 5),
            ("cost_amortisation_wan", 5),
            ("cost_design_wan", 2),
            ("cost_commissioning_wan", 3),
            ("cost_outsourced_wan", 10),
            ("outsourced_institute_wan", 4),
            ("outsourced_university_wan", 3),
            ("outsourced_enterprise_wan", 2),
            ("outsourced_abroad_wan", 1),
            ("cost_other_wan", 5),
            ("intramural_total_wan", 90),
            ("activity_basic_wan", 10),
            ("activity_applied_wan", 20),
            ("activity_experimental_wan", 60),
            ("intramural_current_wan", 70),
            ("intramural_capital_wan", 20),
            ("fund_gov_central_wan", 10),
            ("fund_gov_local_wan", 5),
            ("fund_enterprise_wan", 70),
            ("fund_abroad_wan", 2),
            ("fund_nonprofit_wan", 1),
            ("fund_other_wan", 2),
        ];
        return tens.ToDictionary(t => t.Item1, t => (decimal?)(t.Item2 * times), StringComparer.Ordinal);
    }

    /// <summary>The smallest sets for which some choice of halves up to the highest satisfies everything.</summary>
    private static List<string> BruteForce(List<LinearBalance> balances, decimal[] values, bool[] negative, int highest)
    {
        bool Holds(decimal[] x) => balances.All(b => Math.Abs(b.Terms.Sum(t => t.Coefficient * x[t.Cell])) <= b.Tolerance);
        if (Holds(values))
            return [];
        var inBalance = Enumerable.Range(0, values.Length).Where(c => balances.Any(b => b.Terms.Any(t => t.Cell == c))).ToArray();
        for (var size = 1; size <= ErrorLocaliser.MaxCells; size++)
        {
            var found = Sets(inBalance, size)
                .Where(set => Try(set, 0, (decimal[])values.Clone()))
                .Select(s => string.Join(',', s))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (found.Count > 0)
                return found;
        }
        return [];

        bool Try(int[] set, int k, decimal[] x)
        {
            if (k == set.Length)
                return Holds(x);
            for (decimal v = negative[set[k]] ? -highest : 0; v <= highest; v += 0.5m)
            {
                x[set[k]] = v;
                if (Try(set, k + 1, x))
                    return true;
            }
            return false;
        }
    }

    private static IEnumerable<int[]> Sets(int[] cells, int size) =>
        size == 0
            ?
            [
                [],
            ]
            : cells.SelectMany((c, i) => Sets(cells[(i + 1)..], size - 1).Select(rest => (int[])[c, .. rest]));
}
