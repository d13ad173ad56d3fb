using System.Globalization;
using System.Text.Json;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Sample;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>A workspace on which the real program is run and ill-treated, and what must hold afterwards whatever was done.</summary>
internal sealed class Stronghold : IDisposable
{
    public Workspace Workspace { get; }
    public string Root => Workspace.Root;
    public ReleaseStore Store => new(Workspace.Releases);

    public Stronghold()
        : this(Directory.CreateTempSubdirectory("innovation1551-endure-").FullName) { }

    public Stronghold(string root) => Workspace = new Workspace(root).Make();

    /// <summary>Workbooks and CSV of two invented groups; with a table of patents that goes the fast path where asked for.</summary>
    public static void WriteReturns(string folder, bool large) =>
        SampleGenerator.Write(
            folder,
            new SampleOptions(Groups: 3, Subsidiaries: 9, FirstYear: 2024, LastYear: 2025, MonthsOf2026: 0, Rows: large ? 90_000 : null)
        );

    /// <summary>A workspace of its own in which a dozen small returns are released.</summary>
    public static Stronghold WithSmallRelease()
    {
        using var released = TestWorkspace.WithSmallRelease();
        var workspace = new Stronghold();
        TestWorkspace.Copy(released.Workspace.Root, workspace.Root);
        return workspace;
    }

    /// <summary>A dozen small CSV returns.</summary>
    public static IReadOnlyList<string> WriteSmall(string folder) => [.. SmallReturns.Write(folder).Select(f => f.Path)];

    public ProgramRun Run(params string[] arguments) => ProgramRun.Of(Root, arguments);

    public ProgramRun Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        ProgramRun.Ended(ProgramRun.Start(environment, Root, arguments));

    /// <summary>A fresh workspace in the same state, files and releases.</summary>
    public Stronghold Copy()
    {
        var copy = new Stronghold();
        TestWorkspace.Copy(Root, copy.Root);
        return copy;
    }

    /// <summary>The receipts that the ledger holds in whole lines: what the program has acknowledged.</summary>
    public IReadOnlyList<Receipt> Acknowledged()
    {
        var ledger = Path.Combine(Workspace.Received, "ledger.jsonl");
        if (!File.Exists(ledger))
            return [];
        var lines = File.ReadAllText(ledger).Split('\n');
        return [.. lines[..^1].Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<Receipt>(l)!)];
    }

    /// <summary>Every release in its place is what its manifest says, and the pointer is on one of them.</summary>
    public void DemandWholeReleases()
    {
        foreach (var id in Store.Ids)
        {
            var manifest = Store.Find(id);
            Assert.Equal((id, manifest.WarehouseSha256), (id, FileHash.Of(Store.WarehousePath(manifest))));
            using var release = Database.OpenForReading(Store.WarehousePath(manifest), Path.Combine(Path.GetTempPath(), "innovation1551-endure-scratch"));
            Assert.Equal(id, release.Scalar<string>("select release_id from published.release"));
        }
        Assert.True(Store.Current is null || Store.Ids.Contains(Store.Current), $"the pointer is on {Store.Current}, which is not there");
    }

    /// <summary>Nothing half-done lies about, every acknowledged file is accounted for once, and the release says what it should.</summary>
    public void DemandConvergence(IReadOnlyList<Receipt> acknowledged, string contentHash)
    {
        DemandWholeReleases();
        var manifest = Store.Find("latest");
        Assert.Equal(contentHash, manifest.ContentHash);
        Assert.Equal(manifest.Inputs.Count, manifest.Inputs.Select(i => i.Sha256).Distinct().Count());
        Assert.Empty(acknowledged.Select(r => r.Sha256).Except(manifest.Inputs.Select(i => i.Sha256)));
        var now = Acknowledged();
        Assert.Empty(acknowledged.Except(now));
        Assert.Equal(now.Count, now.Select(r => r.Seq).Distinct().Count());
        Assert.Equal(now.Count, now.Select(r => r.Sha256).Distinct().Count());
        Assert.All(now, r => Assert.Equal(r.Sha256, FileHash.Of(Path.Combine(Workspace.Received, r.Sha256))));
        Assert.Empty(Leftovers());
    }

    /// <summary>What a run that was cut off may leave and the next must clear.</summary>
    public IEnumerable<string> Leftovers() =>
        Directory
            .EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories)
            .Where(f =>
                Path.GetFileName(f) is var name
                && (
                    name.EndsWith(".part", StringComparison.Ordinal)
                    || name.StartsWith(".building-", StringComparison.Ordinal)
                    || name.StartsWith(".gone-", StringComparison.Ordinal)
                    || name.StartsWith(".probe-", StringComparison.Ordinal)
                    || name == "CURRENT.next"
                    || name.EndsWith(".wal", StringComparison.Ordinal)
                    || name.EndsWith(".tmp", StringComparison.Ordinal)
                )
            )
            .Select(f => Path.GetRelativePath(Root, f));

    public void Dispose() => TestWorkspace.Delete(Root);

    public static string Number(long n) => n.ToString("N0", CultureInfo.InvariantCulture);
}
