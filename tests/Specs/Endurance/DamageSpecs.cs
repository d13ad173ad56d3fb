using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>What is damaged is named, never used, and healed where it can be: a release, its manifest, the pointer, landing, the archive.</summary>
public sealed class DamageSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();
    private readonly Manifest _manifest;
    private readonly string _folder;

    public DamageSpecs()
    {
        _manifest = _workspace.Store.Find("latest");
        _folder = Path.GetDirectoryName(_workspace.Store.WarehousePath(_manifest))!;
        foreach (var entry in Directory.EnumerateFileSystemEntries(_workspace.Workspace.Releases, "*", SearchOption.AllDirectories))
            File.SetAttributes(entry, File.GetAttributes(entry) & ~FileAttributes.ReadOnly);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact(Explicit = true)]
    public void Sixty_turned_bits_are_caught_by_opening_and_by_verifying() => Caught(60);

    [Fact(Explicit = true)]
    public void Five_hundred_turned_bits_are_caught_by_opening_and_by_verifying()
    {
        Caught(500);
        Console.WriteLine("500 turned bits in release, manifest, sums, pointer, landing and archive: all caught and named");
    }

    [Fact]
    public void A_damaged_release_is_made_again_and_a_damaged_pointer_turned_to_the_newest_whole_one()
    {
        Turn(Path.Combine(_folder, _manifest.WarehouseFile), 4_000, 1);
        var next = _workspace.Build();
        Assert.True(next.IsNew);
        Assert.Contains(_manifest.Id, Assert.Single(next.Told).En, StringComparison.Ordinal);
        Assert.Equal(_manifest.ContentHash, next.Manifest!.ContentHash);
        var pointer = Path.Combine(_workspace.Workspace.Releases, "CURRENT");
        foreach (var nonsense in (string[])["", "r00", "../../etc/passwd\n", _manifest.Id, "r9999-00000000\n", "\0\u202e"])
        {
            File.WriteAllText(pointer, nonsense);
            using (var opened = OpenRelease.Of(_workspace.Store, "latest", _workspace.Workspace.Scratch))
                Assert.Equal((next.Manifest.Id, true), (opened.Manifest.Id, opened.Notice!.En.Contains("CURRENT", StringComparison.Ordinal)));
            Assert.False(_workspace.Build().IsNew);
            Assert.Equal(next.Manifest.Id + "\n", File.ReadAllText(pointer));
        }
    }

    [Fact]
    public void Damaged_landing_is_set_aside_and_made_again_from_the_archive()
    {
        var landing = _workspace.Workspace.Landing;
        var sealing = landing + ".sha256";
        foreach (
            var (isSealed, damage) in new (bool, Action)[]
            {
                (true, () => Turn(landing, 20_000, 3)),
                (true, () => File.WriteAllBytes(landing, File.ReadAllBytes(landing)[..5_000])),
                (true, () => File.WriteAllText(landing + ".wal", "forged")),
                (false, () => Turn(landing, 30_000, 3)),
                (false, () => File.WriteAllText(landing, "no database at all")),
            }
        )
        {
            if (!isSealed)
                File.Delete(sealing);
            damage();
            if (isSealed)
                Assert.Contains(
                    "made again from the archive",
                    Assert
                        .Throws<ReleaseException>(() => KnownReturns.Open(landing, _workspace.Workspace.Scratch))
                        .Problem.En.Replace("makes it again", "made again", StringComparison.Ordinal),
                    StringComparison.Ordinal
                );
            var before = Directory.Exists(Path.Combine(_workspace.Workspace.Warehouse, "damaged"))
                ? Directory.GetFiles(Path.Combine(_workspace.Workspace.Warehouse, "damaged")).Length
                : 0;
            var load = _workspace.Load();
            Assert.Contains("landing.duckdb", load.Healed!.En, StringComparison.Ordinal);
            Assert.True(Directory.GetFiles(Path.Combine(_workspace.Workspace.Warehouse, "damaged")).Length > before);
            Assert.Equal(_manifest.Id, _workspace.Build().Manifest!.Id);
        }
    }

    [Fact]
    public void Hostile_names_a_forged_manifest_and_a_stranger_are_refused_and_named()
    {
        Assert.All(
            (string[])["../x", "/etc", "r0001-ABCDEF12", _manifest.Id + "\n", _manifest.Id + "/.", "\u202e", "-1", ""],
            n => Assert.Throws<ReleaseException>(() => _workspace.Store.Find(n))
        );
        var secret = Path.Combine(_workspace.Workspace.Root, "secret.duckdb");
        File.Copy(Path.Combine(_folder, _manifest.WarehouseFile), secret);
        foreach (var file in (string[])["../../secret.duckdb", secret, "secret.duckdb"])
        {
            ReleaseFolder.Seal(_folder, _manifest with { WarehouseFile = file });
            Assert.Contains("no release's", Refused(), StringComparison.Ordinal);
        }
        ReleaseFolder.Seal(_folder, _manifest with { Pages = [new("../../CURRENT", _manifest.WarehouseSha256, 1)] });
        Assert.Contains("no release's", Refused(), StringComparison.Ordinal);
        ReleaseFolder.Seal(_folder, _manifest);
        foreach (var name in (string[])[_manifest.WarehouseFile + ".wal", _manifest.WarehouseFile + ".wal.recovery", "stray.txt"])
        {
            File.WriteAllText(Path.Combine(_folder, name), "forged");
            Assert.Contains(name, Refused(), StringComparison.Ordinal);
            File.Delete(Path.Combine(_folder, name));
        }
        using (_workspace.Open()) { }
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right there");
        File.Delete(Path.Combine(_folder, _manifest.WarehouseFile));
        File.CreateSymbolicLink(Path.Combine(_folder, _manifest.WarehouseFile), secret);
        Assert.Contains("link", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_remembered_digest_is_not_believed_of_a_changed_file_nor_from_a_stranger()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "nothing is remembered elsewhere");
        var path = Path.Combine(_workspace.Workspace.Root, "some");
        File.WriteAllText(path, "one");
        var digests = new RememberedDigests(_workspace.Workspace.Scratch);
        var one = digests.Of(path);
        Assert.False(File.Exists(Memory), "a file changed a moment ago was remembered");
        Assert.True(SpinWait.SpinUntil(() => digests.Of(path) == one && File.Exists(Memory), TimeSpan.FromSeconds(10)));
        // Same length, same time of modification.
        var time = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path, "two");
        File.SetLastWriteTimeUtc(path, time);
        Assert.NotEqual(one, digests.Of(path));
        // What others may have written is passed over.
        Assert.True(
            SpinWait.SpinUntil(
                () => digests.Of(path) != one && File.ReadAllText(Memory).Contains(FileHash.Of(path), StringComparison.Ordinal),
                TimeSpan.FromSeconds(10)
            )
        );
        File.WriteAllText(Memory, File.ReadAllText(Memory).Replace(FileHash.Of(path), one, StringComparison.Ordinal));
        Assert.Equal(one, digests.Of(path));
        File.SetUnixFileMode(Memory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Equal(FileHash.Of(path), digests.Of(path));
    }

    [Fact]
    public void A_release_open_with_other_settings_in_this_process_is_refused()
    {
        var path = Path.Combine(_folder, _manifest.WarehouseFile);
        using var loose = new DuckDB.NET.Data.DuckDBConnection($"DataSource={path};access_mode=READ_ONLY");
        loose.Open();
        var refused = Assert.Throws<ReleaseException>(() => _workspace.Open());
        Assert.Contains("temp_directory", refused.Problem.En, StringComparison.Ordinal);
        loose.Dispose();
        using var opened = _workspace.Open();
        Assert.Equal(
            ("2.0 GiB", false, true),
            (
                opened.Connection.Scalar<string>("select current_setting('memory_limit')"),
                opened.Connection.Scalar<bool>("select current_setting('enable_external_access')"),
                opened.Connection.Scalar<bool>("select current_setting('lock_configuration')")
            )
        );
    }

    private string Memory => Path.Combine(_workspace.Workspace.Scratch, "digests");

    private string Refused() => Assert.Throws<ReleaseException>(() => _workspace.Open()).Problem.En;

    /// <summary>Turns bits one at a time, in turn over all that is kept, and demands that each is noticed and that what it is in is named.</summary>
    private void Caught(int flips)
    {
        var random = new Random(1551);
        var (pointer, landing) = (Path.Combine(_workspace.Workspace.Releases, "CURRENT"), _workspace.Workspace.Landing);
        string[] received = [.. Directory.GetFiles(_workspace.Workspace.Received).Where(f => Path.GetFileName(f).Length == 64)];
        foreach (var file in received)
            File.SetAttributes(file, FileAttributes.Normal);
        string[] files =
        [
            Path.Combine(_folder, _manifest.WarehouseFile),
            Path.Combine(_folder, "manifest.json"),
            landing,
            received[0],
            pointer,
            Path.Combine(_folder, "SHA256SUMS"),
            Path.Combine(_folder, "dictionary.html"),
        ];
        for (var i = 0; i < flips; i++)
        {
            var file = files[i % files.Length];
            if (file == received[0])
                file = received[random.Next(received.Length)];
            var name = Path.GetFileName(file);
            var (place, bit) = (random.NextInt64(new FileInfo(file).Length), random.Next(8));
            Turn(file, place, bit);
            var told =
                file == landing ? LandingSeal.Fault(landing)?.En
                : received.Contains(file) ? Assert.Single(new Archive(_workspace.Workspace.Received, TimeProvider.System, long.MaxValue).Decayed()).Sha256
                : file == pointer ? _workspace.Store.PointerFault?.En
                : string.Join(' ', ReleaseVerifier.Verify(_folder, _workspace.Workspace.Scratch, _manifest.Id).Select(f => f.En));
            Assert.True(told?.Contains(name, StringComparison.Ordinal), $"bit {bit} of byte {place} of {name}: {told ?? "nothing was noticed"}");
            if (file == landing)
                Assert.Contains(
                    name,
                    Assert.Throws<ReleaseException>(() => KnownReturns.Open(landing, _workspace.Workspace.Scratch)).Problem.En,
                    StringComparison.Ordinal
                );
            else if (file == pointer)
                using (var opened = _workspace.Open())
                    Assert.Contains(name, opened.Notice!.En, StringComparison.Ordinal);
            else if (!received.Contains(file))
                Assert.Contains(name, Refused(), StringComparison.Ordinal);
            Turn(file, place, bit);
        }
        using var whole = _workspace.Open();
        Assert.Null(whole.Notice);
        Assert.Empty(ReleaseVerifier.Verify(_folder, _workspace.Workspace.Scratch, _manifest.Id));
    }

    private static void Turn(string file, long place, int bit)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = place;
        var value = stream.ReadByte();
        stream.Position = place;
        stream.WriteByte((byte)(value ^ 1 << bit));
    }
}
