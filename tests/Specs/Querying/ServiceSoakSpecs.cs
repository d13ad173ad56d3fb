using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Querying;

/// <summary>The service for longer than a suite waits.</summary>
public sealed class ServiceSoakSpecs(ITestOutputHelper output)
{
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(1);

    [Fact(Explicit = true)]
    public async Task Thirty_two_readers_during_publications_get_whole_answers_of_one_release()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        using var service = new RunningService(workspace.Workspace.Root);
        var (answers, waits, failures) = (new ConcurrentDictionary<string, string>(), new ConcurrentBag<double>(), new ConcurrentBag<string>());
        using var over = new CancellationTokenSource(Lasts);
        var readers = Enumerable
            .Range(0, 32)
            .Select(async _ =>
            {
                while (!over.IsCancellationRequested)
                {
                    var begun = Stopwatch.GetTimestamp();
                    var (status, body, response) = await service.Ask(new { sql = "select * from published.figure order by figure_id" });
                    waits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                    if (status != 200)
                    {
                        failures.Add($"{status} {System.Text.Encoding.UTF8.GetString(body)}");
                        continue;
                    }
                    var digest = Convert.ToHexString(SHA256.HashData(body));
                    var release = response.Headers.GetValues("X-Innovation-Release").Single();
                    if (answers.GetOrAdd(release, digest) != digest)
                        failures.Add($"two answers of {release}");
                }
            })
            .ToList();
        for (var revision = 7; !over.IsCancellationRequested; revision++)
        {
            workspace.Load(SmallReturns.WriteRevision(workspace.Workspace.Inbox, revision));
            Assert.Empty(workspace.Build().Failures);
        }
        await Task.WhenAll(readers);
        var sorted = waits.Order().ToList();
        output.WriteLine(
            $"{sorted.Count} answers of {answers.Count} releases, median {sorted[sorted.Count / 2]:0} ms, p95 {sorted[sorted.Count * 95 / 100]:0} ms"
        );
        Assert.Empty(failures);
        Assert.True(answers.Count > 1, "no release came");
    }

    [Fact(Explicit = true)]
    public async Task A_minute_of_statements_put_together_at_random_reaches_nothing()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        using var service = new RunningService(workspace.Workspace.Root);
        var folder = Directory.CreateTempSubdirectory("innovation-fuzz-").FullName;
        var random = new Random(1551);
        string[] recipes = [.. House.Files("models/cookbook", "*.sql").Select(File.ReadAllText)];
        string[] statements = [.. Escapes.All(folder, workspace.Store.WarehousePath(workspace.Store.Find("latest"))).Select(e => e.Statement), .. recipes];
        string[][] words = [.. statements.Select(s => System.Text.RegularExpressions.Regex.Matches(s, @"'[^']*'|\w+|\s+|.").Select(m => m.Value).ToArray())];
        var before = Escapes.Tree(folder, workspace.Workspace.Root);
        var outcomes = new SortedDictionary<int, int>();
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < Lasts; )
        {
            var made = words[random.Next(words.Length)].ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var other = words[random.Next(words.Length)];
                var (from, length) = (random.Next(other.Length), random.Next(1, 12));
                var at = random.Next(made.Count + 1);
                if (random.Next(2) == 0 && at < made.Count)
                    made.RemoveRange(at, Math.Min(made.Count - at, random.Next(1, 6)));
                made.InsertRange(Math.Min(at, made.Count), other.Skip(from).Take(length));
            }
            var (status, body, _) = await service.Ask(new { sql = string.Concat(made), timeout_seconds = 2 });
            outcomes[status] = outcomes.GetValueOrDefault(status) + 1;
            var text = System.Text.Encoding.UTF8.GetString(body);
            Assert.False(status == 500 && text.Contains("bug", StringComparison.Ordinal), string.Concat(made) + text);
            Assert.DoesNotContain("root:x:0", text, StringComparison.Ordinal);
        }
        output.WriteLine(string.Join(", ", outcomes.Select(o => $"{o.Key}: {o.Value}")));
        Assert.Equal(before, Escapes.Tree(folder, workspace.Workspace.Root));
        Directory.Delete(folder, recursive: true);
    }
}
