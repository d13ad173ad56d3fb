using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>A release that is not what its manifest says is told, whatever was done to it.</summary>
public sealed class VerifySpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly Manifest _manifest;
    private readonly string _folder;

    public VerifySpecs()
    {
        _manifest = _workspace.Store.Find("latest");
        _folder = Path.GetDirectoryName(_workspace.Store.WarehousePath(_manifest))!;
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_sound_release_is_sound_and_read_only()
    {
        Assert.Empty(Faults());
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are of Unix");
        Assert.All(Directory.EnumerateFiles(_folder), f => Assert.Equal("r--r--r--", Mode(File.GetUnixFileMode(f))));
        Assert.Equal("r-xr-xr-x", Mode(File.GetUnixFileMode(_folder)));
    }

    [Fact]
    public void A_turned_bit_a_cut_tail_a_planted_log_and_a_missing_file_are_told()
    {
        var copy = Path.Combine(_workspace.Workspace.Scratch, "copy");
        var warehouse = Path.Combine(copy, _manifest.WarehouseFile);
        var random = new Random(1551);
        for (var i = 0; i < 40; i++)
        {
            Copy(copy);
            var bytes = File.ReadAllBytes(warehouse);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(warehouse, bytes);
            Assert.Contains("SHA-256", Assert.Single(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch)).En, StringComparison.Ordinal);
        }
        Copy(copy);
        using (var file = File.OpenWrite(warehouse))
            file.SetLength(file.Length - 1);
        Assert.Contains(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch), f => f.En.Contains("bytes", StringComparison.Ordinal));
        Copy(copy);
        File.WriteAllText(warehouse + ".wal", "forged");
        Assert.Contains("write-ahead log", Assert.Single(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch)).En, StringComparison.Ordinal);
        Copy(copy);
        File.AppendAllText(Path.Combine(copy, "dictionary.html"), "?");
        Assert.All(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch), f => Assert.Contains("dictionary.html", f.En, StringComparison.Ordinal));
        Assert.NotEmpty(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch));
        Copy(copy);
        File.Delete(warehouse);
        Assert.Contains("missing", Assert.Single(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch)).En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_claims_other_content_is_told()
    {
        var copy = Path.Combine(_workspace.Workspace.Scratch, "copy");
        Copy(copy);
        var tables = new SortedDictionary<string, long>(_manifest.Tables, StringComparer.Ordinal)
        {
            ["published.figure"] = _manifest.Tables["published.figure"] + 1,
        };
        var forged = _manifest with { ContentHash = "0", Tables = tables };
        File.WriteAllBytes(Path.Combine(copy, "manifest.json"), forged.ToJson());
        Assert.Contains("SHA256SUMS", Assert.Single(ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch)).En, StringComparison.Ordinal);
        // Sealed again, it contradicts the warehouse.
        ReleaseFolder.Seal(copy, forged);
        var faults = ReleaseVerifier.Verify(copy, _workspace.Workspace.Scratch);
        Assert.Equal(2, faults.Count);
        Assert.Contains("published.figure", faults[0].En, StringComparison.Ordinal);
        Assert.Contains("content hash", faults[1].En, StringComparison.Ordinal);
        Assert.Contains(
            _manifest.Id,
            Assert.Single(ReleaseVerifier.Verify(_folder, _workspace.Workspace.Scratch, "r0009-00000000")).En,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_verb_says_so_and_ends_with_one()
    {
        var sound = ProgramRun.Of(_workspace.Workspace.Root, "verify", "--json");
        Assert.Equal((0, true), (sound.ExitCode, sound.Json.GetProperty("sound").GetBoolean()));
        File.SetAttributes(_folder, File.GetAttributes(_folder) & ~FileAttributes.ReadOnly);
        File.WriteAllText(Path.Combine(_folder, "stray.txt"), "?");
        var stray = ProgramRun.Of(_workspace.Workspace.Root, "verify", "--lang", "en");
        Assert.Equal(1, stray.ExitCode);
        Assert.Contains("stray.txt", stray.Error, StringComparison.Ordinal);
    }

    private IReadOnlyList<Innovation1551.Models.Text> Faults() => ReleaseVerifier.Verify(_folder, _workspace.Workspace.Scratch, _manifest.Id);

    private void Copy(string to)
    {
        if (Directory.Exists(to))
            TestWorkspace.Delete(to);
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            var target = Path.Combine(to, Path.GetFileName(file));
            File.Copy(file, target);
            File.SetAttributes(target, FileAttributes.Normal);
        }
    }

    private static string Mode(UnixFileMode mode) => string.Concat("rwxrwxrwx".Select((c, i) => ((int)mode >> (8 - i) & 1) == 1 ? c : '-'));
}
