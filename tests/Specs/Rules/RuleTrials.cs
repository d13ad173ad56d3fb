using System.Globalization;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Rules;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Sheets;
using Xunit;

namespace Innovation1551.Specs.Rules;

/// <summary>
/// How many seeded faults the rules find, how often they cry wolf, and whether they name the right cell. The short form runs always;
/// the full one prints its table: <c>dotnet run --project tests/Specs -- -class Innovation1551.Specs.Rules.RuleTrials -explicit only</c>.
/// </summary>
public sealed class RuleTrials : IDisposable
{
    private static readonly string[] Money = [.. RdSpendForm.Form.Fields.Where(f => f.Unit == Unit.Wan).Select(f => f.Name)];

    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-trials-").FullName;
    private readonly LandingStore _landing;
    private readonly RuleCatalogue _rules = new(Definitions.Load());
    private readonly Random _random = new(1551);
    private readonly HashSet<string> _baseline;

    /// <param name="Row">file, sheet and row.</param>
    private sealed record Seeded(string Kind, string Form, string Row, string? Field, int Exponent, decimal? Before);

    /// <param name="Before">Last year's main figure.</param>
    private sealed record Candidate(string Form, string Enterprise, string Key, decimal Before, Dictionary<string, decimal?> Values);

    private sealed record Outcome(string Kind, int Seeded, int Found, int Located, int Valued);

    public RuleTrials()
    {
        var workspace = new Workspace(Path.Combine(_folder, "workspace")).Make();
        var returns = Path.Combine(_folder, "returns");
        SampleGenerator.Write(returns, new SampleOptions(FirstYear: 2023, LastYear: 2025, MonthsOf2026: 0));
        new Loading(workspace, Definitions.Load(), new ReadOptions(), TimeProvider.System).Load([returns], null, TestContext.Current.CancellationToken);
        _landing = LandingStore.Open(workspace.Landing);
        foreach (var form in (string[])["rd_spend", "finance"])
            _landing.Connection.Run($"create table clean_{form} as from {form}");
        _baseline = [.. Errors().Keys];
    }

    public void Dispose()
    {
        _landing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Most_of_a_hundred_seeded_faults_are_found_and_named()
    {
        var (slips, alarms) = Trial(100, Slip);
        Assert.True(Recall(slips) >= 0.95, Table("slips", slips, alarms));
        var (grown, _) = Trial(100, Grown);
        Assert.True(Recall(grown) <= 0.01, Table("growth without a slip", grown, 0));
        Assert.True(
            slips.Where(s => s.Kind == "one cell rd_spend").All(s => s.Found >= 0.95 * s.Seeded && s.Located >= 0.7 * s.Seeded),
            Table("slips", slips, alarms)
        );
        var (faults, others) = Trial(100, Fault);
        Assert.True(Recall(faults) >= 0.95 && others == 0, Table("faults", faults, others));
        Assert.True(faults.Sum(f => f.Located) >= 0.5 * faults.Sum(f => f.Seeded), Table("faults", faults, others));
    }

    [Fact(Explicit = true)]
    public void A_thousand_unit_slips_and_a_thousand_balance_faults()
    {
        var (slips, alarms) = Trial(1000, Slip);
        Console.WriteLine(Table("1,000 unit slips", slips, alarms));
        var (grown, elsewhere) = Trial(1000, Grown);
        Console.WriteLine(Table("1,000 rows that grew, without a slip", grown, elsewhere));
        var rows = slips.Where(s => s.Kind.StartsWith("whole row", StringComparison.Ordinal)).ToList();
        Assert.True(Recall(rows) >= 0.95, "whole rows in another unit");
        Assert.True(Recall(grown) <= 0.01, "growth taken for another unit");
        var (faults, others) = Trial(1000, Fault);
        Console.WriteLine(Table("1,000 balance faults", faults, others));
    }

    /// <summary>Seeds faults in rounds, one in an enterprise at most, so that none is the comparator of another.</summary>
    private (List<Outcome> Outcomes, int FalseAlarms) Trial(int count, Func<Candidate, Seeded?> seed)
    {
        var tried = new List<(Seeded Seeded, bool Found, bool Located, bool Valued)>();
        var alarms = 0;
        while (tried.Count < count)
        {
            var seeded = new List<Seeded>();
            foreach (var byEnterprise in Candidates().GroupBy(c => c.Enterprise).OrderBy(_ => _random.Next()))
            {
                if (tried.Count + seeded.Count == count)
                    break;
                if (seed(byEnterprise.ElementAt(_random.Next(byEnterprise.Count()))) is { } one)
                    seeded.Add(one);
            }
            var errors = Errors();
            foreach (var one in seeded)
            {
                var found = errors.TryGetValue($"{one.Form} {one.Row}", out var at);
                tried.Add(
                    (
                        one,
                        found,
                        found && (one.Field is null || at.Suspects == one.Field),
                        found
                            && one.Before is { } before
                            && at.Problem.Contains($"改为 {before.ToString("0.######", CultureInfo.InvariantCulture)}（", StringComparison.Ordinal)
                    )
                );
            }
            alarms += errors.Keys.Count(k => !_baseline.Contains(k) && !seeded.Any(s => $"{s.Form} {s.Row}" == k));
            foreach (var form in (string[])["rd_spend", "finance"])
                _landing.Connection.Run($"delete from {form}; insert into {form} from clean_{form}");
        }
        return (
            [
                .. tried
                    .GroupBy(t => t.Seeded.Kind)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new Outcome(g.Key, g.Count(), g.Count(t => t.Found), g.Count(t => t.Located), g.Count(t => t.Valued))),
            ],
            alarms
        );
    }

    /// <summary>Annual rows with an accepted row of the year before.</summary>
    private List<Candidate> Candidates()
    {
        var found = new List<Candidate>();
        foreach (var form in (Form[])[RdSpendForm.Form, FinanceForm.Form])
        {
            var fields = form.Fields.Where(f => f.Unit == Unit.Wan).Select(f => f.Name).ToList();
            foreach (
                var row in _landing.Connection.Rows(
                    $"""
                    select l.enterprise_code, l.file_no || ' ' || l.sheet_no || ' ' || l.source_row, p.{MainOf(form.Id)}, {string.Join(
                        ", ",
                        fields.Select(f => "l." + f)
                    )}
                    from landing.in_force_{form.Id} as l join landing.in_force_{form.Id} as p on p.enterprise_code = l.enterprise_code and p.period_year = l.period_year - 1
                    where p.{MainOf(form.Id)} > 0 and l.{MainOf(
                        form.Id
                    )} > 0 and not exists (from finding as x where x.severity = 'error' and x.file_no in (l.file_no, p.file_no))
                    order by 1, 2
                    """
                )
            )
                found.Add(
                    new(
                        form.Id,
                        (string)row[0]!,
                        (string)row[1]!,
                        (decimal)row[2]!,
                        fields.Select((f, i) => (f, (decimal?)row[i + 3])).ToDictionary(x => x.f, x => x.Item2, StringComparer.Ordinal)
                    )
                );
        }
        return found;
    }

    private static string MainOf(string form) => form == "rd_spend" ? "expense_total_wan" : "revenue_wan";

    /// <summary>The factor by which the row's amounts have grown by -30 to 60 percent since last year, evenly spread.</summary>
    private decimal Growth(Candidate at) => at.Before * (decimal)(0.7 + 0.9 * _random.NextDouble()) / at.Values[MainOf(at.Form)]!.Value;

    private static bool IsComparative(string field) => field.Contains("_prior_", StringComparison.Ordinal);

    private Seeded? Grown(Candidate at)
    {
        var growth = Growth(at);
        Set(
            at.Form,
            at.Key,
            at.Values.Where(c => c.Value is not null && !IsComparative(c.Key)).Select(c => (c.Key, (decimal?)decimal.Round(c.Value!.Value * growth, 6)))
        );
        return new($"grown {at.Form}", at.Form, at.Key, null, 0, null);
    }

    private Seeded? Slip(Candidate at)
    {
        var (form, row, key) = (at.Form, at.Values, at.Key);
        var exponent = _random.Next(1, 5) * (_random.Next(2) == 0 ? 1 : -1);
        var factor = (decimal)Math.Pow(10, exponent);
        if (_random.Next(2) == 0)
        {
            // Last year's figures stand in the row as the template had filled them in, or were typed with the others.
            var (growth, typed) = (Growth(at), _random.Next(2) == 0);
            Set(
                form,
                key,
                row.Where(c => c.Value is not null && (typed || !IsComparative(c.Key)))
                    .Select(c => (c.Key, (decimal?)decimal.Round(c.Value!.Value * factor * (IsComparative(c.Key) ? 1 : growth), 6)))
            );
            return new(
                $"whole row {form}, by {(Math.Abs(exponent) == 1 ? "ten" : "more")}{(typed ? ", last year's too" : "")}",
                form,
                key,
                null,
                exponent,
                null
            );
        }
        var cells = form == "rd_spend" ? Balanced : ["revenue_wan", "operating_cost_wan"];
        var cell = cells[_random.Next(cells.Length)];
        // A slip of less than rounding can do is none.
        if (row[cell] is not { } value || Math.Abs(value * factor - value) < 5)
            return null;
        Set(form, key, [(cell, decimal.Round(value * factor, 6))]);
        return new($"one cell {form}", form, key, form == "rd_spend" ? cell : null, exponent, value);
    }

    private Seeded? Fault(Candidate at)
    {
        var (form, row, key) = (at.Form, at.Values, at.Key);
        if (form != "rd_spend")
            return null;
        var cell = Balanced[_random.Next(Balanced.Length)];
        if (row[cell] is not { } value || value < 20)
            return null;
        var (kind, written) = _random.Next(6) switch
        {
            0 => ("two digits swapped", Swapped(value)),
            1 => ("wrong sign", -value),
            2 => ("one digit mistyped", Mistyped(value)),
            3 => ("shifted decimal point", value * (_random.Next(2) == 0 ? 10 : 0.1m)),
            4 => ("left out", (decimal?)null),
            _ => ("another figure", decimal.Round(value * (decimal)(0.5 + _random.NextDouble()), 2)),
        };
        if (written is { } w && Math.Abs(w - value) < 5)
            return null;
        Set(form, key, [(cell, written)]);
        return new(kind, form, key, cell, 0, value);
    }

    private static string[] Balanced => [.. Money.Where(f => !f.Contains("_prior_", StringComparison.Ordinal))];

    private decimal? Swapped(decimal value)
    {
        var text = value.ToString("0.00", CultureInfo.InvariantCulture).ToCharArray();
        var point = Array.IndexOf(text, '.');
        var at = _random.Next(point - 1);
        if (text[at] == text[at + 1])
            return value;
        (text[at], text[at + 1]) = (text[at + 1], text[at]);
        return decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private decimal? Mistyped(decimal value)
    {
        var text = value.ToString("0.00", CultureInfo.InvariantCulture).ToCharArray();
        text[_random.Next(Array.IndexOf(text, '.'))] = (char)('0' + _random.Next(10));
        return decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    private void Set(string form, string key, IEnumerable<(string Field, decimal? Value)> values)
    {
        var at = key.Split(' ').Select(k => long.Parse(k, CultureInfo.InvariantCulture)).ToArray();
        var list = values.ToList();
        _landing.Connection.Run(
            $"update {form} set {string.Join(", ", list.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{v.Field} = ${i + 4}")))} where file_no = $1 and sheet_no = $2 and source_row = $3",
            [at[0], at[1], at[2], .. list.Select(v => (object?)v.Value)]
        );
    }

    /// <summary>Rows with an error or an open question about a unit, with the field that is named.</summary>
    private Dictionary<string, (string? Suspects, string Problem)> Errors()
    {
        _landing.Connection.Run("update meta set rules_run_for = null");
        RuleRunner.Run(_landing, _rules);
        return _landing
            .Connection.Rows(
                """
                select s.form || ' ' || x.file_no || ' ' || x.sheet_no || ' ' || x.source_row, coalesce(any_value(y.field) filter (where x.suspect_columns is not null), any_value(x.field)), string_agg(x.problem_zh, ' ')
                from finding as x join sheet as s using (file_no, sheet_no)
                left join layout as y on y.file_no = x.file_no and y.sheet_no = x.sheet_no and landing.letters(y.column_no) = x.suspect_columns
                where x.origin <> 'read' and (x.severity = 'error' or x.code = 'V25' and x.severity = 'warning') group by 1
                """
            )
            .ToDictionary(r => (string)r[0]!, r => ((string?)r[1], (string)r[2]!), StringComparer.Ordinal);
    }

    private static double Recall(List<Outcome> outcomes) => (double)outcomes.Sum(o => o.Found) / outcomes.Sum(o => o.Seeded);

    private static string Table(string title, List<Outcome> outcomes, int alarms) =>
        string.Join(
            '\n',
            outcomes
                .Append(new("all", outcomes.Sum(o => o.Seeded), outcomes.Sum(o => o.Found), outcomes.Sum(o => o.Located), outcomes.Sum(o => o.Valued)))
                .Select(o =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {o.Kind} | {o.Seeded} | {100.0 * o.Found / o.Seeded:0.0} % | {100.0 * o.Located / o.Seeded:0.0} % | {100.0 * o.Valued / o.Seeded:0.0} % |"
                    )
                )
                .Prepend("|---|---|---|---|---|")
                .Prepend($"| {title} | seeded | recall | cell named | figure named |")
                .Append($"false alarms on other rows: {alarms}")
        );
}
