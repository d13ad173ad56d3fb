using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>A release that has decayed, was cut short or has a log planted beside it is refused, with its name and what is wrong.</summary>
public sealed class BitRotSpecs : IDisposable
{
    private readonly Stronghold _workspace = Stronghold.WithSmallRelease();
    private readonly Manifest _manifest;
    private readonly string _warehouse;

    public BitRotSpecs()
    {
        _manifest = _workspace.Store.Find("latest");
        _warehouse = _workspace.Store.WarehousePath(_manifest);
        foreach (var entry in Directory.EnumerateFileSystemEntries(_workspace.Workspace.Releases, "*", SearchOption.AllDirectories))
            File.SetAttributes(entry, File.GetAttributes(entry) & ~FileAttributes.ReadOnly);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Twenty_turned_bits_and_five_cuts_are_refused() => Refused(20, 5);

    [Fact(Explicit = true)]
    public void Five_hundred_turned_bits_and_a_hundred_cuts_are_refused()
    {
        Refused(500, 100);
        Console.WriteLine("500 turned bits and 100 cuts: all refused, with release and bytes named");
    }

    [Fact]
    public void The_program_itself_refuses_a_cut_release_and_a_planted_log()
    {
        var sound = File.ReadAllBytes(_warehouse);
        File.WriteAllBytes(_warehouse, sound[..^4096]);
        var cut = _workspace.Run("verify", "--lang", "en");
        Assert.Equal(1, cut.ExitCode);
        Assert.Contains(_manifest.Id, cut.Output + cut.Error, StringComparison.Ordinal);
        Assert.Contains($"should have {sound.Length} bytes and has {sound.Length - 4096}", cut.Error, StringComparison.Ordinal);
        File.WriteAllBytes(_warehouse, sound);
        foreach (
            var log in (byte[][])
                [
                    [.. "forged"u8],
                    ValidLog(),
                ]
        )
        {
            File.WriteAllBytes(_warehouse + ".wal", log);
            var planted = _workspace.Run("sql", "select 1 as n", "--lang", "en");
            Assert.Equal(2, planted.ExitCode);
            Assert.Contains(Path.GetFileName(_warehouse) + ".wal", planted.Error, StringComparison.Ordinal);
            Assert.Equal(1, _workspace.Run("verify").ExitCode);
            File.Delete(_warehouse + ".wal");
        }
        Assert.Equal(0, _workspace.Run("verify").ExitCode);
    }

    private void Refused(int flips, int cuts)
    {
        var sound = File.ReadAllBytes(_warehouse);
        var random = new Random(1551);
        for (var i = 0; i < flips + cuts; i++)
        {
            byte[] spoilt = [.. sound];
            if (i < flips)
                spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
            else
                spoilt = spoilt[..random.Next(spoilt.Length)];
            File.WriteAllBytes(_warehouse, spoilt);
            var faults = ReleaseVerifier.Verify(Path.GetDirectoryName(_warehouse)!, _workspace.Workspace.Scratch, _manifest.Id);
            Assert.Contains(
                faults,
                f => f.En.Contains(_manifest.WarehouseFile, StringComparison.Ordinal) && f.En.Contains("SHA-256", StringComparison.Ordinal)
            );
            if (i >= flips)
                Assert.Contains(faults, f => f.En.Contains($"should have {sound.Length} bytes and has {spoilt.Length}", StringComparison.Ordinal));
        }
        File.WriteAllBytes(_warehouse, sound);
        Assert.Empty(ReleaseVerifier.Verify(Path.GetDirectoryName(_warehouse)!, _workspace.Workspace.Scratch, _manifest.Id));
    }

    /// <summary>A log that DuckDB would replay: what a writer of a copy of this very release left when it was killed.</summary>
    private byte[] ValidLog()
    {
        var copy = Path.Combine(_workspace.Workspace.Scratch, "copy.duckdb");
        File.Copy(_warehouse, copy, overwrite: true);
        using var writer = Innovation1551.Models.Warehouse.Database.OpenForWriting(copy);
        Innovation1551.Models.Warehouse.Database.Run(writer, "create table published.forged as select 1 as n");
        using var log = new FileStream(copy + ".wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[log.Length];
        log.ReadExactly(bytes);
        Assert.NotEmpty(bytes);
        return bytes;
    }
}
