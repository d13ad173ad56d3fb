using Innovation1551.Models.Releases;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>A release that has decayed, was cut short or has a log planted beside it is refused, with its name and what is wrong.</summary>
public sealed class BitRotSpecs : IDisposable
{
    private readonly Stronghold workspace = Stronghold.WithSmallRelease();
    private readonly Manifest manifest;
    private readonly string warehouse;

    public BitRotSpecs()
    {
        manifest = workspace.Store.Find("latest");
        warehouse = workspace.Store.WarehousePath(manifest);
        foreach (var entry in Directory.EnumerateFileSystemEntries(workspace.Workspace.Releases, "*", SearchOption.AllDirectories)) File.SetAttributes(entry, File.GetAttributes(entry) & ~FileAttributes.ReadOnly);
    }

    public void Dispose() => workspace.Dispose();

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
        var sound = File.ReadAllBytes(warehouse);
        File.WriteAllBytes(warehouse, sound[..^4096]);
        var cut = workspace.Run("verify", "--lang", "en");
        Assert.Equal(1, cut.ExitCode);
        Assert.Contains(manifest.Id, cut.Output + cut.Error, StringComparison.Ordinal);
        Assert.Contains($"should have {sound.Length} bytes and has {sound.Length - 4096}", cut.Error, StringComparison.Ordinal);
        File.WriteAllBytes(warehouse, sound);
        foreach (var log in (byte[][])[[.. "forged"u8], ValidLog()])
        {
            File.WriteAllBytes(warehouse + ".wal", log);
            var planted = workspace.Run("sql", "select 1 as n", "--lang", "en");
            Assert.Equal(2, planted.ExitCode);
            Assert.Contains(Path.GetFileName(warehouse) + ".wal", planted.Error, StringComparison.Ordinal);
            Assert.Equal(1, workspace.Run("verify").ExitCode);
            File.Delete(warehouse + ".wal");
        }
        Assert.Equal(0, workspace.Run("verify").ExitCode);
    }

    private void Refused(int flips, int cuts)
    {
        var sound = File.ReadAllBytes(warehouse);
        var random = new Random(1551);
        for (var i = 0; i < flips + cuts; i++)
        {
            byte[] spoilt = [.. sound];
            if (i < flips) spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
            else spoilt = spoilt[..random.Next(spoilt.Length)];
            File.WriteAllBytes(warehouse, spoilt);
            var faults = ReleaseVerifier.Verify(Path.GetDirectoryName(warehouse)!, workspace.Workspace.Scratch, manifest.Id);
            Assert.Contains(faults, f => f.En.Contains(manifest.WarehouseFile, StringComparison.Ordinal) && f.En.Contains("SHA-256", StringComparison.Ordinal));
            if (i >= flips) Assert.Contains(faults, f => f.En.Contains($"should have {sound.Length} bytes and has {spoilt.Length}", StringComparison.Ordinal));
        }
        File.WriteAllBytes(warehouse, sound);
        Assert.Empty(ReleaseVerifier.Verify(Path.GetDirectoryName(warehouse)!, workspace.Workspace.Scratch, manifest.Id));
    }

    /// <summary>A log that DuckDB would replay: what a writer of a copy of this very release left when it was killed.</summary>
    private byte[] ValidLog()
    {
        var copy = Path.Combine(workspace.Workspace.Scratch, "copy.duckdb");
        File.Copy(warehouse, copy, overwrite: true);
        using var writer = Innovation1551.Models.Warehouse.Database.OpenForWriting(copy);
        Innovation1551.Models.Warehouse.Database.Run(writer, "create table published.forged as select 1 as n");
        using var log = new FileStream(copy + ".wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[log.Length];
        log.ReadExactly(bytes);
        Assert.NotEmpty(bytes);
        return bytes;
    }
}
