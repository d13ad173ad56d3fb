using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Work;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>A workspace backed up while it is used, and made again from that.</summary>
public sealed class BackupSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation-backup-").FullName;
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public void Dispose()
    {
        _workspace.Dispose();
        foreach (var entry in Directory.EnumerateDirectories(_folder, "*", SearchOption.AllDirectories))
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(_folder, recursive: true);
    }

    private string Root => _workspace.Workspace.Root;

    private string At(string name) => Path.Combine(_folder, name);

    [Fact]
    public void What_is_restored_builds_the_same_and_the_second_backup_copies_what_is_new()
    {
        var first = ProgramRun.Of(Root, "backup", "--to", At("b"), "--json");
        Assert.Equal(0, first.ExitCode);
        Assert.Equal(first.Json.GetProperty("files").GetInt32(), Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Count(IsKept));
        _workspace.Load(SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 7));
        Assert.Empty(_workspace.Build().Failures);
        var second = ProgramRun.Of(Root, "backup", "--to", At("b"), "--json");
        Assert.InRange(second.Json.GetProperty("new_files").GetInt32(), 1, 20);

        var restored = ProgramRun.Of(At("w"), "restore", "--from", At("b"), "--json");
        Assert.Equal((0, _workspace.Store.Current), (restored.ExitCode, restored.Json.GetProperty("release").GetString()));
        Assert.Equal(0, ProgramRun.Of(At("w"), "verify", "latest").ExitCode);
        // Landing is not in it: made again from what was received, it gives the same release.
        var built = ProgramRun.Of(At("w"), "build", "--force", "--json");
        Assert.Equal(0, built.ExitCode);
        var (was, now) = (_workspace.Store.Find("latest"), new ReleaseStore(Path.Combine(At("w"), "releases")).Find("latest"));
        Assert.Equal(was.ContentHash, now.ContentHash);
        Assert.NotEqual(was.Id, now.Id);
        // The first one stands beside it.
        var older = ProgramRun.Of(At("old"), "restore", "--from", At("b"), "--backup", first.Json.GetProperty("name").GetString()!, "--json");
        Assert.Equal("r0001", older.Json.GetProperty("release").GetString()!.Split('-')[0]);
        Assert.Equal(1, ProgramRun.Of(Root, "backup", "--to", At("b"), "--keep", "2", "--json").Json.GetProperty("dropped").GetInt32());
        Assert.Equal(2, new Backups(At("b")).Names.Count);
        Assert.Equal(0, ProgramRun.Of(At("w2"), "restore", "--from", At("b")).ExitCode);
    }

    [Fact]
    public void What_is_damaged_or_in_the_way_is_refused_and_nothing_is_half_restored()
    {
        Assert.Equal(2, ProgramRun.Of(Root, "backup", "--to", Path.Combine(Root, "b")).ExitCode);
        Assert.Equal(0, ProgramRun.Of(Root, "backup", "--to", At("b")).ExitCode);
        var full = ProgramRun.Of(Root, "restore", "--from", At("b"), "--lang", "en");
        Assert.Equal(2, full.ExitCode);
        Assert.Contains("is not empty", full.Error, StringComparison.Ordinal);
        Assert.Contains("there is no backup", ProgramRun.Of(At("w"), "restore", "--from", At("nowhere"), "--lang", "en").Error, StringComparison.Ordinal);

        // A received file that decays is told, not hidden.
        var received = Directory.EnumerateFiles(_workspace.Workspace.Received).First(f => Path.GetFileName(f).Length == 64);
        File.SetAttributes(received, FileAttributes.Normal);
        var bytes = File.ReadAllBytes(received);
        bytes[^1] ^= 1;
        File.WriteAllBytes(received, bytes);
        var decayed = ProgramRun.Of(Root, "backup", "--to", At("b"), "--lang", "en");
        Assert.Equal(1, decayed.ExitCode);
        Assert.Contains(Path.GetFileName(received), decayed.Error, StringComparison.Ordinal);

        var content = Directory.EnumerateFiles(At("b/objects")).OrderByDescending(f => new FileInfo(f).Length).First();
        using (var file = File.Open(content, FileMode.Open))
        {
            file.Position = file.Length / 2;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 0x40));
        }
        var damaged = ProgramRun.Of(At("w"), "restore", "--from", At("b"), "--lang", "en");
        Assert.Equal(2, damaged.ExitCode);
        Assert.Contains("wh-r0001", damaged.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("w")));

        // A list that points outside the workspace is refused too.
        var list = Directory.EnumerateFiles(At("b/backups")).Order(StringComparer.Ordinal).First();
        File.WriteAllText(list, File.ReadAllText(list).Replace("\"received/ledger.jsonl\"", "\"../../escaped\"", StringComparison.Ordinal));
        Assert.Equal(2, ProgramRun.Of(At("w"), "restore", "--from", At("b"), "--backup", Path.GetFileNameWithoutExtension(list)).ExitCode);
        Assert.False(File.Exists(Path.Combine(_folder, "escaped")) || Directory.Exists(At("w")));
    }

    /// <summary>Taken again and again while returns are loaded and released: each restores to a whole release.</summary>
    [Fact(Explicit = true)]
    public void It_is_taken_while_others_load_and_build()
    {
        using var working = ProgramRun.Start(Root, "backup", "--to", At("b"), "--json");
        for (var revision = 7; revision < 10; revision++)
        {
            _workspace.Load(SmallReturns.WriteRevision(_workspace.Workspace.Inbox, revision));
            Assert.Empty(_workspace.Build().Failures);
            Assert.Equal(0, ProgramRun.Of(Root, "backup", "--to", At("b" + revision)).ExitCode);
        }
        Assert.Equal(0, ProgramRun.Ended(working).ExitCode);
        foreach (var taken in (string[])["b", "b7", "b9"])
            Assert.Equal(0, ProgramRun.Of(At("w" + taken), "restore", "--from", At(taken)).ExitCode);
    }

    private bool IsKept(string file) =>
        Path.GetRelativePath(Root, file) is var place
        && !place.StartsWith("scratch", StringComparison.Ordinal)
        && !place.StartsWith("warehouse", StringComparison.Ordinal)
        && !place.StartsWith("logs", StringComparison.Ordinal)
        && !Path.GetFileName(place).StartsWith('.');
}
