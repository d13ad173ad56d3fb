using System.Diagnostics;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>What lies in an inbox and is no file: links, pipes, devices. Each is told, none is followed, and the files beside them are taken.</summary>
public sealed class InboxSpecs : IDisposable
{
    private readonly Stronghold _workspace = new();
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("innovation1551-elsewhere-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_elsewhere, recursive: true);
    }

    /// <summary>The limit that an administrator may raise is held before anything is copied, and says itself.</summary>
    [Fact]
    public void A_file_beyond_the_limit_is_told_and_not_copied_and_one_within_is_taken()
    {
        var (large, small) = (Path.Combine(_elsewhere, "large.csv"), Path.Combine(_elsewhere, "small.csv"));
        File.WriteAllText(large, new string('x', 101));
        File.WriteAllText(small, new string('x', 100));
        var archive = new Innovation1551.Returns.Receiving.Archive(_workspace.Workspace.Received, TimeProvider.System, 100);
        var received = archive.Receive([large, small], TestContext.Current.CancellationToken);
        Assert.Equal((null, "F005"), (received[0].Receipt, received[0].Finding?.Code));
        Assert.Contains("101 bytes; the limit MaxFileBytes is 100", received[0].Finding!.Problem.En, StringComparison.Ordinal);
        Assert.True(received[1].IsNew);
        Assert.Single(archive.Receipts);
        Assert.DoesNotContain(Directory.EnumerateFiles(_workspace.Workspace.Received, "*", SearchOption.AllDirectories), f => new FileInfo(f).Length == 101);
    }

    [Fact]
    public void Links_pipes_and_devices_are_told_and_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "made by tools of Unix");
        var inbox = _workspace.Workspace.Inbox;
        var files = SmallReturns.Write(_elsewhere);
        File.Copy(files[0].Path, Path.Combine(inbox, "good.csv"));
        List<string> told = ["self-1", "self-2", "folder", "file.csv", "pipe.csv"];
        Directory.CreateSymbolicLink(Path.Combine(inbox, "self-1"), ".");
        Directory.CreateDirectory(Path.Combine(inbox, "below"));
        Directory.CreateSymbolicLink(Path.Combine(inbox, "below", "self-2"), "..");
        Directory.CreateSymbolicLink(Path.Combine(inbox, "folder"), _elsewhere);
        File.CreateSymbolicLink(Path.Combine(inbox, "file.csv"), files[1].Path);
        Assert.Equal(0, Tool("mkfifo", Path.Combine(inbox, "pipe.csv")));
        // Like /dev/zero: it never ends. Only root makes one.
        if (Tool("mknod", Path.Combine(inbox, "zero.csv"), "c", "1", "5") == 0)
            told.Add("zero.csv");

        var process = ProgramRun.Start(_workspace.Root, "load", "--json");
        using var patience = new Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);
        var run = ProgramRun.Ended(process);
        Assert.True(run.ExitCode == 1, $"load came to no good end: {run.ExitCode} {run.Error}");
        Assert.Equal(1, run.Json.GetProperty("new_files").GetInt32());
        var findings = run
            .Json.GetProperty("findings")
            .EnumerateArray()
            .Where(f => f.GetProperty("code").GetString() == "F002")
            .Select(f => f.GetProperty("file").GetString()!)
            .Order(StringComparer.Ordinal);
        Assert.Equal(told.Order(StringComparer.Ordinal), findings);
        Assert.Single(Directory.EnumerateFiles(_workspace.Workspace.Received), f => Path.GetFileName(f).Length == 64);
        Assert.Empty(Directory.EnumerateFiles(_workspace.Workspace.Received, "*.part"));
    }

    [Fact]
    public void What_would_move_the_cursor_or_turn_text_around_is_shown_by_its_number()
    {
        const string evil = "\u001b[2J\u001b]0;x\u0007\u202Egpj\u2066\u200B\u0085\r";
        var path = Path.Combine(_elsewhere, "evil\u202E\u001b[31m.csv");
        var files = SmallReturns.Write(_elsewhere);
        File.WriteAllText(
            path,
            File.ReadAllText(files.Single(f => Path.GetFileName(f.Path) == "finance-2024-correction.csv").Path)
                .Replace("2600", $"\"{evil}\"", StringComparison.Ordinal)
        );
        foreach (
            var run in (ProgramRun[])
                [
                    _workspace.Run("load", files[0].Path, files.Single(f => Path.GetFileName(f.Path) == "finance-2024.csv").Path, path),
                    _workspace.Run("read", path),
                    _workspace.Run("load", path, "--lang", "zh"),
                ]
        )
            Plain(run.Output + run.Error);
        Assert.Equal(0, _workspace.Run("build").ExitCode);
        foreach (var run in (ProgramRun[])[_workspace.Run("status", "--files"), _workspace.Run("status", "--lang", "en")])
            Plain(run.Output + run.Error);
        var lists = Directory.EnumerateFiles(_workspace.Workspace.Feedback, "*.csv").ToList();
        Assert.True(lists.Count > 1);
        Assert.Contains(lists, l => File.ReadAllText(l).Contains("\\u202e", StringComparison.Ordinal));
        Assert.All(lists, l => Plain(File.ReadAllText(l).TrimStart('\uFEFF')));

        static void Plain(string text) =>
            Assert.DoesNotContain(
                text,
                c =>
                    char.IsControl(c) && c is not ('\r' or '\n' or '\t')
                    || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            );
    }

    private static int Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
