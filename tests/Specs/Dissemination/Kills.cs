using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Xunit;
using static Innovation1551.Specs.Dissemination.EngineData;

namespace Innovation1551.Specs.Dissemination;

/// <summary>A publication to ClickHouse that is killed at each step at which a server is not what it was before.</summary>
internal static partial class Kills
{
    private const int Killed = 128 + 9;

    private const string Engine = "clickhouse";

    /// <summary>
    /// The release before is in force, and after each kill all names of a server still lead to one release, whole and as it is; the next publication finishes,
    /// and leaves nothing over on any server.
    /// </summary>
    public static void AtEveryStep(EngineData data, string to, params IReadOnlyList<ClickHouseServer> servers)
    {
        data.Publish(Engine, to, data.Before);
        var listed = data.Run(Engine, to, "list");
        Assert.True(listed.ExitCode == 0, listed.Error);
        var steps = Step().Matches(listed.Error).Select(m => (Number: m.Groups["number"].Value, Name: m.Groups["name"].Value)).ToList();
        // Two of them as often as there are servers.
        Assert.Equal(4 + 2 * servers.Count, steps.Count);
        foreach (var (step, name) in steps)
        {
            data.Publish(Engine, to, data.Before);
            foreach (var server in servers.Where(s => s.Ask($"select release from innovation1551.release where release = '{data.Now.Id}'").Count > 0))
                server.Unlist(data.Now.Id);
            var run = data.Run(Engine, to, step);
            var told = $"{step}: {run.Error}";
            Assert.True(run.ExitCode == Killed && run.Error.Contains($"fault at step {step}: {name}", StringComparison.Ordinal), told);
            TestContext.Current.SendDiagnosticMessage(told);
            foreach (var server in servers)
            {
                var leads = Assert.Single(server.Ask("select distinct leads_to from innovation1551.standing"))[0];
                var manifest = new[] { data.Before, data.Now }.Single(m => EnginePublication.Prefix(m.Id) == leads);
                Assert.Equal((told, Wanted(data, manifest)), (told, Found(server)));
            }
            data.Publish(Engine, to, data.Now);
            Assert.Empty(data.Check(Engine, to, data.Now).Faults);
            foreach (var server in servers)
            {
                Assert.Equal((told, Wanted(data, data.Now)), (told, Found(server)));
                Assert.Equal(["1"], server.Ask($"select count() from innovation1551.release where release = '{data.Now.Id}'").Single());
                Assert.Equal(
                    (told, 0L),
                    (
                        told,
                        long.Parse(
                            server
                                .Ask($"select toString(count() - uniqExact(table, column)) from innovation1551.mapping where release = '{data.Now.Id}'")
                                .Single()[0]!,
                            CultureInfo.InvariantCulture
                        )
                    )
                );
                Assert.Empty(server.Ask("select name from system.tables where database in ('innovation1551_coming', 'innovation1551_going')"));
                Assert.Equal(servers.Count == 1 ? 10 : 20, server.Ask("select name from system.databases where match(name, '^r[0-9]+_')").Count);
            }
        }
    }

    private static string Wanted(EngineData data, Manifest manifest) =>
        data.Workspace.Query("select cast(count(*) as varchar) || ' ' || cast(sum(value) as varchar) from published.figure", manifest).Single()[0] as string
        ?? "";

    [GeneratedRegex(@"step (?<number>\d+): (?<name>engine\.[a-z-]+)")]
    private static partial Regex Step();

    private static string Found(ClickHouseServer server) =>
        string.Join(' ', server.Ask("select toString(count()), toString(sum(value)) from published.figure").Single());
}
