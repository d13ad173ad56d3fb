using System.Text.Json;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What is kept no longer goes; what is in force or approved, and whatever was received and lies nowhere else, never does.</summary>
public sealed class PruneSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly string _backups = Directory.CreateTempSubdirectory("innovation-backups-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        TestWorkspace.Delete(_backups);
    }

    private string Root => _workspace.Workspace.Root;

    [Fact]
    public void Reports_and_published_data_go_with_the_releases_that_are_neither_in_force_nor_approved()
    {
        Settings(new { Releases = 1, Outputs = 1 });
        var first = _workspace.Store.Find("latest");
        _workspace.Store.Approvals.Record(new(first.Id, first.ContentHash, "张三", "审定", DateTimeOffset.UnixEpoch, null, IsUndone: false));
        string[] olds = [.. Enumerable.Range(2, 3).Select(n => $"r000{n}-00000000")];
        foreach (var id in (string[])[first.Id, .. olds])
        foreach (var output in (string[])[$"reports/2024-{id}", $"published/parquet/{id}"])
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Root, output)).FullName, "made"), "x");
        Directory.CreateDirectory(Path.Combine(Root, "reports", "mine"));

        var told = ProgramRun.Of(Root, "prune", "--dry-run", "--json").Json;
        Assert.Equal(4, told.GetProperty("pruned").GetArrayLength());
        Assert.Equal(4, Directory.GetDirectories(Path.Combine(Root, "published", "parquet")).Length);

        Assert.Equal(0, ProgramRun.Of(Root, "prune").ExitCode);
        Assert.Equal([first.Id, olds[2]], Names("published/parquet"));
        Assert.Equal([$"2024-{first.Id}", $"2024-{olds[2]}", "mine"], Names("reports"));
        Assert.True(ReleaseVerifier.Verify(Path.Combine(_workspace.Workspace.Releases, first.Id), _workspace.Workspace.Scratch, first.Id).Count == 0);
        Assert.Contains("nothing to remove", ProgramRun.Of(Root, "prune", "--lang", "en").Output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void Received_files_go_only_where_a_backup_has_each_whole_and_come_back_when_they_are_needed()
    {
        var taken = ProgramRun.Of(Root, "prune", "--archived", _backups, "--lang", "en");
        Assert.Equal(2, taken.ExitCode);
        Assert.Contains("ReceivedYears", taken.Error, StringComparison.Ordinal);
        Settings(new { ReceivedYears = 1 });
        // As if they had come long ago.
        var ledger = Path.Combine(_workspace.Workspace.Received, "ledger.jsonl");
        var year = $"\"ReceivedAt\":\"{TimeProvider.System.GetUtcNow().Year}";
        Assert.Contains(year, File.ReadAllText(ledger), StringComparison.Ordinal);
        File.WriteAllText(ledger, File.ReadAllText(ledger).Replace(year, "\"ReceivedAt\":\"2019", StringComparison.Ordinal));
        var receipts = new Archive(_workspace.Workspace.Received, TimeProvider.System, long.MaxValue).Receipts;
        var here = () => receipts.Count(r => File.Exists(Path.Combine(_workspace.Workspace.Received, r.Sha256)));

        var backups = new Backups(_backups);
        backups.Take(_workspace.Workspace, TimeProvider.System, null, TestContext.Current.CancellationToken);
        var one = Path.Combine(_backups, "objects", receipts[3].Sha256);
        var bytes = File.ReadAllBytes(one);
        File.SetAttributes(one, FileAttributes.Normal);
        File.WriteAllBytes(one, [.. bytes[..^1], (byte)~bytes[^1]]);
        var refused = ProgramRun.Of(Root, "prune", "--archived", _backups, "--lang", "en");
        Assert.Equal((2, receipts.Count), (refused.ExitCode, here()));
        Assert.Contains($"no whole copy of \"{receipts[3].Name}\"", refused.Error, StringComparison.Ordinal);

        File.WriteAllBytes(one, bytes);
        Assert.Equal(0, ProgramRun.Of(Root, "prune", "--archived", _backups).ExitCode);
        Assert.Equal(0, here());
        Assert.Contains(
            $"{receipts.Count} more lie whole in the backup",
            ProgramRun.Of(Root, "doctor", "--deep", "--lang", "en").Output,
            StringComparison.Ordinal
        );
        // A late return is taken in without them.
        SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 7);
        Assert.Equal(0, ProgramRun.Of(Root, "load").ExitCode);
        Assert.Equal(0, ProgramRun.Of(Root, "build").ExitCode);
        var built = _workspace.Store.Find("latest");
        Assert.Equal(0, here());
        foreach (var file in Directory.EnumerateFiles(_workspace.Workspace.Inbox))
            File.Delete(file);
        // All are needed again: no release is made of what is left.
        File.Delete(_workspace.Workspace.Landing);
        File.Delete(_workspace.Workspace.Landing + ".sha256");
        var needed = ProgramRun.Of(Root, "load", "--lang", "en");
        Assert.Equal(2, needed.ExitCode);
        Assert.Contains($"doctor --repair --from {_backups}", needed.Error, StringComparison.Ordinal);
        var mended = ProgramRun.Of(Root, "doctor", "--repair", "--from", _backups);
        Assert.True(mended.ExitCode == 0, mended.Output + mended.Error);
        Assert.Equal(receipts.Count, here());
        Assert.Equal(0, ProgramRun.Of(Root, "build", "--force").ExitCode);
        Assert.Equal(built.ContentHash, _workspace.Store.Find("latest").ContentHash);
    }

    private void Settings(object retention) =>
        File.WriteAllText(Path.Combine(Root, "innovation.json"), JsonSerializer.Serialize(new { Retention = retention }));

    private IEnumerable<string> Names(string folder) =>
        Directory.GetDirectories(Path.Combine(Root, folder)).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);
}
