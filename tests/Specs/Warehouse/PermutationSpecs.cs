using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>What a release says depends on which files came, never on their order, their batches or how often they came.</summary>
public sealed class PermutationSpecs : IDisposable
{
    private static readonly Definitions Definitions = Definitions.Load();
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-order-").FullName;
    private readonly IReadOnlyList<(string Path, int Rows)> _files;

    public PermutationSpecs() => _files = SmallReturns.Write(Path.Combine(_folder, "files"));

    public void Dispose() => TestWorkspace.Delete(_folder);

    [Fact]
    public void Any_order_any_batches_and_any_number_of_threads_give_the_same_release()
    {
        var random = new Random(1551);
        var paths = _files.Select(f => f.Path).ToArray();
        var reference = Published(paths.Length, paths, threads: 2);
        DemandAccounts(reference.Workspace, reference.Built);
        foreach (var (batch, threads) in (ReadOnlySpan<(int, int)>)[(3, 1), (5, 4)])
        {
            random.Shuffle(paths);
            var other = Published(batch, paths, threads).Built.Manifest!;
            Assert.Equal(reference.Built.Manifest!.InputHash, other.InputHash);
            Assert.True(
                reference.Built.Manifest.ContentHash == other.ContentHash,
                $"another release came of the order {string.Join(", ", paths.Select(Path.GetFileName))} in batches of {batch} by {threads} threads"
            );
        }
    }

    [Fact]
    public void Three_versions_in_any_order_end_in_the_third()
    {
        string[] versions = [PathOf("spend-2024-v1"), PathOf("spend-2024-v2"), PathOf("spend-2024-v3")];
        foreach (
            var order in (int[][])
                [
                    [0, 2, 1],
                    [2, 1, 0],
                ]
        )
        {
            var workspace = Workspace();
            Load(workspace, [.. order.Select(i => versions[i]), PathOf("register")]);
            using var release = Open(workspace, Build(workspace));
            Assert.Equal(
                ["A 1 1 1100 false", "A 2 2 1200 false", "A 3 3 1300 true", "B 1 1 550 false"],
                release
                    .Rows(
                        """
                        select case r.enterprise_code when $1 then 'A' else 'B' end || ' ' || r.version_no || ' ' || r.revision || ' ' || cast(e.amount_wan as integer) || ' ' || r.is_latest
                        from core.dim_return as r join core.rd_expense as e using (return_id) order by 1
                        """,
                        SmallReturns.A
                    )
                    .Select(r => (string)r[0]!)
            );
            // The row that the second version leaves out is in no figure.
            Assert.Equal(1300m, release.Scalar<decimal>("select value from published.figure where figure_id = 'rd_expense:total:all:2024'"));
            Assert.Equal(
                0,
                release.Scalar<long>(
                    "select count(*) from published.figure where breakdown = 'enterprise' and category = $1 and value is not null",
                    SmallReturns.B
                )
            );
            Assert.Equal(2, release.Scalar<long>("select count(*) from published.revision where metric = 'rd_expense' and breakdown = 'enterprise'"));
        }
    }

    [Fact]
    public void The_same_bytes_again_change_nothing_and_nothing_new_is_published()
    {
        var workspace = Workspace();
        var paths = _files.Select(f => f.Path).ToArray();
        Assert.Equal(paths.Length, Load(workspace, paths).New);
        var first = Build(workspace);
        Assert.True(first.IsNew);

        Assert.Equal(0, Load(workspace, paths).New);
        var copy = Path.Combine(_folder, "renamed.csv");
        File.Copy(paths[2], copy);
        var again = Load(workspace, copy);
        Assert.Equal(0, again.New);
        Assert.Single(again.Findings);
        Assert.Equal(0, again.Errors);

        var second = Build(workspace);
        Assert.False(second.IsNew);
        Assert.Equal(first.Manifest!.Id, second.Manifest!.Id);
        Assert.Equal([first.Manifest.Id], new ReleaseStore(workspace.Releases).Ids);
    }

    [Fact]
    public void A_release_can_be_built_again_after_later_files_have_come()
    {
        var workspace = Workspace();
        Load(workspace, [.. _files.Take(4).Select(f => f.Path)]);
        var first = Build(workspace).Manifest!;
        Load(workspace, [.. _files.Skip(4).Select(f => f.Path)]);
        var second = Build(workspace).Manifest!;
        Assert.NotEqual(first.ContentHash, second.ContentHash);
        var again = Build(workspace, first.Id).Manifest!;
        Assert.Equal(first.InputHash, again.InputHash);
        Assert.Equal(first.ContentHash, again.ContentHash);
    }

    /// <summary>Every row received is loaded, rejected or superseded.</summary>
    private void DemandAccounts(Workspace workspace, BuildResult built)
    {
        using var release = Open(workspace, built);
        var accounts = release
            .Rows("select file_name, rows_in, rows_loaded, rows_rejected, rows_superseded from core.file_account")
            .ToDictionary(r => (string)r[0]!, r => (In: (long)r[1]!, Loaded: (long)r[2]!, Rejected: (long)r[3]!, Superseded: (long)r[4]!));
        Assert.Equal(_files.ToDictionary(f => Path.GetFileName(f.Path), f => (long)f.Rows), accounts.ToDictionary(a => a.Key, a => a.Value.In));
        Assert.All(accounts.Values, a => Assert.Equal(a.In, a.Loaded + a.Rejected + a.Superseded));
        Assert.Equal((3, 1, 2, 0), accounts["spend-2024-g2-faulty.csv"]);
        Assert.Equal((2, 0, 0, 2), accounts["spend-2024-v1.csv"]);
        Assert.Equal((2, 1, 0, 1), accounts["finance-2024.csv"]);
        Assert.Equal((1, 1, 0, 0), accounts["finance-2024-correction.csv"]);
        // Of two that cannot be told apart one stands, and both are pointed out.
        Assert.Equal(1, accounts["finance-2024-g2.csv"].Loaded + accounts["finance-2024-g2-again.csv"].Loaded);
        // History: the rename splits the stretch, the merger closes what it took over.
        Assert.Equal(
            "2023-12-31",
            release.Scalar<string>("select cast(ends_on as varchar) from core.dim_enterprise where enterprise_code = $1", SmallReturns.D)
        );
        Assert.Equal(2, release.Scalar<long>("select count(*) from core.dim_enterprise where enterprise_code = $1", SmallReturns.A));
        // One patent and one award, each reported by two enterprises.
        Assert.Equal(1m, release.Scalar<decimal>("select value from published.figure where figure_id = 'patents_filed:total:all:2024'"));
        Assert.Equal(1m, release.Scalar<decimal>("select value from published.figure where figure_id = 'awards:total:all:2024'"));
    }

    private string PathOf(string name) => _files.Single(f => Path.GetFileNameWithoutExtension(f.Path) == name).Path;

    private Workspace Workspace() => new Workspace(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).Make();

    private (Workspace Workspace, BuildResult Built) Published(int batch, string[] paths, int threads)
    {
        var workspace = Workspace();
        foreach (var some in paths.Chunk(batch))
            Load(workspace, some);
        return (workspace, Build(workspace, threads: threads));
    }

    private static LoadResult Load(Workspace workspace, params string[] paths) =>
        new Loading(workspace, Definitions, new ReadOptions(), TimeProvider.System).Load(paths, null, TestContext.Current.CancellationToken);

    private static BuildResult Build(Workspace workspace, string? asOf = null, int? threads = null)
    {
        var result = new Building(workspace, Definitions, TimeProvider.System, 9, threads).Build(asOf, null, TestContext.Current.CancellationToken);
        Assert.True(result.Failures.Count == 0, string.Join("\n", result.Failures.Select(f => $"{f.Check}: {string.Join("; ", f.Examples)}")));
        Assert.NotNull(result.Manifest);
        return result;
    }

    private static DuckDBConnection Open(Workspace workspace, BuildResult built) =>
        Database.OpenForReading(new ReleaseStore(workspace.Releases).WarehousePath(built.Manifest!), workspace.Scratch);
}
