using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns;
using Innovation1551.Returns.Feedback;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Rules;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Landing;

/// <summary>
/// Which return counts is said once: over random histories of returns (late, corrected, faulty, cut short, by other reporters) the rules, the feedback,
/// the templates and the facts take the same one, which a plain reckoning over the files as they were written names too.
/// </summary>
public sealed class ReturnsInForceSpecs : IDisposable
{
    private static readonly string[] Reporters = [SmallReturns.G1, SmallReturns.G2, SmallReturns.A],
        Enterprises = [SmallReturns.G1, SmallReturns.A, SmallReturns.B, SmallReturns.C];
    private static readonly int[] Years = [2023, 2024];

    private readonly TestWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    /// <summary>What one file says of one enterprise and year.</summary>
    /// <param name="Revenue">In ten thousand yuan; null for a list of patents.</param>
    private sealed record Said(
        string Form,
        string Reporter,
        int Year,
        int Revision,
        int Day,
        string Sha256,
        string Enterprise,
        bool IsAccepted,
        decimal? Revenue
    );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rules_feedback_templates_and_facts_agree_on_random_histories(int seed)
    {
        var (said, files) = Write(new Random(seed));
        _workspace.Load([.. files]);
        var expected = Expected(said);
        Assert.Contains(said, s => !s.IsAccepted);

        using (var landing = LandingStore.Open(_workspace.Workspace.Landing))
        {
            landing.Connection.Run("update landing.meta set rules_run_for = null");
            RuleRunner.Run(landing, new RuleCatalogue(Definitions.Load()));
            foreach (var form in (string[])["finance", "patents"])
            foreach (var view in (string[])[$"{Rule.Accepted}{form}", $"landing.in_force_{form}"])
                Assert.Equal(
                    expected.Where(e => e.Form == form).Select(Key).Order(),
                    landing
                        .Connection.Rows(
                            $"select distinct '{form}' || ' ' || enterprise_code || ' ' || period_year || ' ' || sha256 from {view} join landing.file using (file_no) order by 1"
                        )
                        .Select(r => (string)r[0]!)
                );
            var faulty = landing
                .Findings(landing.FilesRead(), int.MaxValue)
                .Where(f =>
                    f.Finding is { Row: not null, Column: not null, Severity: not Severity.Note } && f.Finding.Heading is "营业收入" or "上年同期营业收入"
                )
                .ToList();
            var before = new LastYear(landing.Connection, [.. faulty.Select(f => f.FileNo)]);
            var told = 0;
            foreach (var (finding, no) in faulty)
            {
                var row = landing.Connection.Rows(
                    "select enterprise_code, period_year from landing.finance where file_no = $1 and source_row = $2",
                    no,
                    finding.Row!
                )[0];
                var last = expected.SingleOrDefault(e => e.Form == "finance" && e.Enterprise == (string)row[0]! && e.Year == (int)row[1]! - 1);
                Assert.Equal(last is null ? null : $"{last.Revenue:0} 万元", before.Of(no, finding));
                told += last is null ? 0 : 1;
            }
            Assert.True(told > 3, $"{told} findings have a value of the year before");
        }

        using (var known = KnownReturns.Open(_workspace.Workspace.Landing, _workspace.Workspace.Scratch))
            foreach (var year in Years)
                Assert.Equal(
                    expected.Where(e => e.Form == "finance" && e.Year == year).Select(e => $"{e.Enterprise} {e.Revenue:0}").Order(),
                    known.OfYear(FinanceForm.Form, year).Select(r => $"{r.Key} {r.Value["revenue_wan"]:0}").Order()
                );

        Assert.NotNull(_workspace.Build().Manifest);
        Assert.Equal(
            expected.Select(Key).Order(),
            _workspace
                .Query(
                    "select form || ' ' || enterprise_code || ' ' || (period_key // 1000) || ' ' || file_sha256 from core.dim_return where is_latest and form in ('finance', 'patents') order by 1"
                )
                .Select(r => (string)r[0]!)
        );
    }

    [Fact]
    public void What_a_reporter_leaves_out_in_a_later_file_counts_no_more_and_what_he_sends_with_an_error_stays_as_it_was()
    {
        var folder = Path.Combine(_workspace.Workspace.Root, "files");
        var paths = SmallReturns
            .Write(folder)
            .Where(f => Path.GetFileName(f.Path).StartsWith("register", StringComparison.Ordinal))
            .Select(f => f.Path)
            .ToList();
        paths.Add(
            Finance(
                folder,
                "first",
                1,
                SmallReturns.Finance(SmallReturns.A, 2024, 500),
                SmallReturns.Finance(SmallReturns.B, 2024, 300),
                SmallReturns.Finance(SmallReturns.G1, 2024, 700)
            )
        );
        paths.Add(Finance(folder, "second", 2, SmallReturns.Finance(SmallReturns.A, 2024, 510), SmallReturns.Finance(SmallReturns.G1, 2024, -700)));
        _workspace.Load([.. paths]);
        using var known = KnownReturns.Open(_workspace.Workspace.Landing, _workspace.Workspace.Scratch);
        var of2024 = known.OfYear(FinanceForm.Form, 2024);
        Assert.Equal([SmallReturns.G1, SmallReturns.A], of2024.Keys.OrderByDescending(k => k == SmallReturns.G1));
        Assert.Equal(5100m, of2024[SmallReturns.A]["revenue_wan"]);
        // The row with the error is not what the next template shows as last year's value.
        Assert.Equal(7000m, of2024[SmallReturns.G1]["revenue_wan"]);
    }

    private static string Key(Said said) => $"{said.Form} {said.Enterprise} {said.Year} {said.Sha256}";

    /// <summary>The reckoning: of what is accepted and not taken out by a later file of its reporter the last.</summary>
    private static List<Said> Expected(List<Said> said)
    {
        static IComparable Rank(Said s) => (s.Revision, s.Day, s.Sha256);
        bool IsLater(Said later, Said s) => later.Form == s.Form && later.Year == s.Year && Comparer<IComparable>.Default.Compare(Rank(later), Rank(s)) > 0;
        bool IsLeftOut(Said s) =>
            said.Exists(later =>
                later.Reporter == s.Reporter
                && later.IsAccepted
                && IsLater(later, s)
                && !said.Exists(m => m.Sha256 == later.Sha256 && m.Enterprise == s.Enterprise)
            );
        return [.. said.Where(s => s.IsAccepted && !IsLeftOut(s)).GroupBy(s => (s.Form, s.Enterprise, s.Year)).Select(g => g.MaxBy(Rank)!)];
    }

    /// <summary>A return with a good row and a faulty one counts by its good row alone: what is in error goes into no template, no comparison and no fact.</summary>
    [Fact]
    public void Of_a_return_in_force_only_the_rows_without_error_count()
    {
        var folder = Path.Combine(_workspace.Workspace.Root, "files");
        var register = SmallReturns.Write(folder).Select(f => f.Path).Single(p => Path.GetFileNameWithoutExtension(p) == "register");
        var file = SmallReturns.WriteFile(
            folder,
            "two",
            PatentForm.Form,
            SmallReturns.A,
            2024,
            1,
            1,
            [Patent(SmallReturns.A, 2024, 5, false), Patent(SmallReturns.A, 2024, 6, true)]
        );
        _workspace.Load(register, file);
        using var landing = LandingStore.Open(_workspace.Workspace.Landing);
        Assert.Equal(2L, landing.Connection.Scalar<long>("select count(*) from landing.patents"));
        Assert.Equal(1L, landing.Connection.Scalar<long>("select count(*) from landing.in_force_patents"));
    }

    /// <summary>Two dozen files of finance and patents; a revision may be late, lower, repeated, leave enterprises out or have faults.</summary>
    private (List<Said>, List<string>) Write(Random random)
    {
        var folder = Path.Combine(_workspace.Workspace.Root, "files");
        var files = SmallReturns
            .Write(folder)
            .Where(f => Path.GetFileName(f.Path).StartsWith("register", StringComparison.Ordinal))
            .Select(f => f.Path)
            .ToList();
        var said = new List<Said>();
        for (var i = 0; i < 36; i++)
        {
            var (isFinance, reporter, year, revision, day) = (
                i % 3 > 0,
                Reporters[random.Next(Reporters.Length)],
                Years[random.Next(Years.Length)],
                random.Next(1, 4),
                random.Next(1, 29)
            );
            var mentioned = Enterprises.Where(_ => random.Next(3) > 0).ToList();
            if (mentioned.Count == 0)
                continue;
            var rows = mentioned.Select(e => (Enterprise: e, Tens: (decimal)random.Next(4000, 4100) + i, IsFaulty: random.Next(4) == 0)).ToList();
            var path = SmallReturns.WriteFile(
                folder,
                $"history-{i}",
                isFinance ? FinanceForm.Form : PatentForm.Form,
                reporter,
                year,
                revision,
                day,
                [
                    .. rows.Select(r =>
                        isFinance ? SmallReturns.Finance(r.Enterprise, year, r.IsFaulty ? -r.Tens : r.Tens) : Patent(r.Enterprise, year, i % 28 + 1, r.IsFaulty)
                    ),
                ]
            );
            var sha256 = FileHash.Of(path);
            files.Add(path);
            said.AddRange(
                rows.Select(r => new Said(
                    isFinance ? "finance" : "patents",
                    reporter,
                    year,
                    revision,
                    day,
                    sha256,
                    r.Enterprise,
                    !r.IsFaulty,
                    isFinance ? r.Tens * 10 : null
                ))
            );
        }
        var shuffled = files.ToArray();
        random.Shuffle(shuffled);
        return (said, [.. shuffled]);
    }

    private static Dictionary<string, object?> Patent(string enterprise, int year, int day, bool isFaulty)
    {
        // What happens after the period is an error of the row.
        var row = SmallReturns.Patent(enterprise, "FILE", new(isFaulty ? year + 1 : year, 1, day));
        row["period"] = $"{year}年";
        return row;
    }

    private static string Finance(string folder, string name, int revision, params Dictionary<string, object?>[] rows) =>
        SmallReturns.WriteFile(folder, name, FinanceForm.Form, SmallReturns.G1, 2024, revision, revision, rows);
}
