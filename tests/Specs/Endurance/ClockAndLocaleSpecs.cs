using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>What day it is and which language the machine speaks changes nothing in a release, its findings or its figures.</summary>
public sealed class ClockAndLocaleSpecs : IDisposable
{
    private readonly string _inbox = Directory.CreateTempSubdirectory("innovation1551-inbox-").FullName;

    public ClockAndLocaleSpecs() => Stronghold.WriteSmall(_inbox);

    public void Dispose() => Directory.Delete(_inbox, recursive: true);

    [Fact(Explicit = true)]
    public void An_odd_machine_gives_what_a_plain_one_gives() => Same(("tr_TR.UTF-8", "America/New_York", "0"));

    [Fact(Explicit = true)]
    public void Every_locale_and_zone_gives_the_same()
    {
        (string, string, string)[] machines =
        [
            .. from locale in (string[])["zh_CN.UTF-8", "zh_CN.GB18030", "tr_TR.UTF-8", "de_DE.UTF-8", "C"]
            from invariant in (string[])["0", "1"]
            select (locale, "UTC", invariant),
            ("C", "Asia/Shanghai", "1"),
            ("C", "America/New_York", "1"),
            ("C", "Pacific/Kiritimati", "1"),
        ];
        Same(machines);
        Console.WriteLine($"{machines.Length} machines: one content hash, the same findings, the same figures");
    }

    /// <summary>Through the clock that the program is given: a clock of the whole process would stop the runtime's own timers too.</summary>
    [Fact(Explicit = true)]
    public void A_leap_day_ten_years_on_and_a_clock_a_year_back_that_runs_backwards_give_the_same()
    {
        var contents = new HashSet<string>();
        foreach (
            var (start, step) in ((DateTimeOffset, TimeSpan)[])
                [(new(2036, 2, 29, 23, 59, 59, TimeSpan.Zero), TimeSpan.FromSeconds(1)), (new(2025, 3, 8, 6, 59, 59, TimeSpan.Zero), TimeSpan.FromHours(-1))]
        )
        {
            using var place = new Stronghold();
            var clock = new Steps(start, step);
            var files = Directory.EnumerateFiles(_inbox).Order(StringComparer.Ordinal).ToArray();
            var definitions = Definitions.Load();
            // In two goes, so that the clock has run between the receipts and between the releases.
            foreach (var batch in (string[][])[files[..8], files[8..]])
            {
                new Loading(place.Workspace, definitions, new ReadOptions(), clock).Load(batch, null, TestContext.Current.CancellationToken);
                Assert.Empty(new Building(place.Workspace, definitions, clock, 50).Build(null, null, TestContext.Current.CancellationToken).Failures);
            }
            Assert.Equal(Enumerable.Range(1, files.Length), place.Acknowledged().Select(r => r.Seq));
            Assert.Equal(["r0001", "r0002"], place.Store.Ids.Select(id => id[..5]));
            Assert.Equal(place.Store.Ids[^1], place.Store.Current);
            contents.Add(place.Store.Find("latest").ContentHash);
        }
        Assert.Single(contents);
    }

    private void Same(params (string Locale, string Zone, string Invariant)[] machines)
    {
        using var plain = new Stronghold();
        var expected = Told(
            plain,
            new Dictionary<string, string?>
            {
                ["LANG"] = "C.UTF-8",
                ["LC_ALL"] = null,
                ["TZ"] = "UTC",
            }
        );
        foreach (var (locale, zone, invariant) in machines)
        {
            using var odd = new Stronghold();
            Assert.Equal(
                expected,
                Told(
                    odd,
                    new Dictionary<string, string?>
                    {
                        ["LANG"] = locale,
                        ["LC_ALL"] = locale,
                        ["TZ"] = zone,
                        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = invariant,
                    }
                )
            );
        }
    }

    /// <summary>Content hash, list of findings and every figure, as the program itself gives them.</summary>
    private (string Content, string Findings, string Figures) Told(Stronghold workspace, Dictionary<string, string?> machine)
    {
        var load = workspace.Run(machine, "load", _inbox);
        Assert.True(load.ExitCode == 1, load.Output + load.Error);
        var build = workspace.Run(machine, "build", "--json");
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        var figures = workspace.Run(machine, "sql", "from published.figure order by figure_id", "--format", "csv");
        Assert.True(figures.ExitCode == 0, figures.Error);
        return (
            build.Json.GetProperty("content_hash").GetString()!,
            File.ReadAllText(Path.Combine(workspace.Workspace.Feedback, "findings.csv")),
            figures.Output
        );
    }

    /// <summary>A clock that moves by a step whenever it is asked.</summary>
    private sealed class Steps(DateTimeOffset start, TimeSpan step) : TimeProvider
    {
        private DateTimeOffset _now = start;

        public override DateTimeOffset GetUtcNow() => _now += step;
    }
}
