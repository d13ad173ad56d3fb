using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Receiving;
using Innovation1551.Specs.MainJob;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>A build that starts from the release before ends where one from nothing ends, whatever has come, gone or been decided in between.</summary>
public sealed class BuiltOnSpecs
{
    private static readonly Definitions Shipped = Definitions.Load();

    [Theory]
    [InlineData(1)]
    [InlineData(2, Explicit = true)]
    [InlineData(3, Explicit = true)]
    [InlineData(4, Explicit = true)]
    [InlineData(5, Explicit = true)]
    [InlineData(6, Explicit = true)]
    [InlineData(7, Explicit = true)]
    [InlineData(8, Explicit = true)]
    public void Any_history_of_returns_ends_in_the_release_that_a_build_from_nothing_gives(int seed)
    {
        var random = new Random(seed);
        using var workspace = new TestWorkspace();
        var events = Events(workspace);
        random.Shuffle(events);
        var isLong = seed > 1;
        var builds = new List<(int Whole, int InPart, int All)>();
        foreach (var some in events.Chunk(isLong ? 2 : 8))
        {
            foreach (var (_, happen) in some)
                happen();
            var what = string.Join(", ", some.Select(e => e.What));
            // Tables made by return are large from the first row on, or a few are.
            var built = Build(workspace, builds.Count % 3 == 2 ? 4 : 0);
            Assert.True(built.Failures.Count == 0, $"{what}: {string.Join("\n", built.Failures.Select(f => f.Check))}");
            builds.Add(built.Made);
            if (!built.IsNew)
                continue;
            Assert.Equal(built.Before is null, built.Anew is not null);
            Assert.Empty(ReleaseVerifier.Verify(Path.Combine(workspace.Workspace.Releases, built.Manifest!.Id), workspace.Workspace.Scratch));
            if (isLong)
                Assert.True(built.Manifest.ContentHash == Anew(workspace).ContentHash, $"seed {seed}: another release comes from nothing after {what}");
        }
        Assert.True(builds.Exists(b => b.InPart > 0), string.Join(", ", builds));
        Assert.True(workspace.Store.Find("latest").ContentHash == Anew(workspace).ContentHash, $"seed {seed}: another release comes from nothing");
    }

    /// <summary>What may happen in a year of returns: files that come, one that is withdrawn and taken back, a decision on a finding.</summary>
    private static (string What, Action Happen)[] Events(TestWorkspace workspace)
    {
        var inbox = workspace.Workspace.Inbox;
        var files = SmallReturns.Write(inbox).Select(f => f.Path).Concat(SmallReturns.WriteGroups(inbox)).ToList();
        var later = Directory.CreateDirectory(Path.Combine(workspace.Workspace.Root, "later")).FullName;
        files.Add(SmallReturns.WriteCorrection(later, SmallReturns.A, "rd_spend", "rd_personnel_fte", 65, 60));
        files.Add(SmallReturns.WriteCorrection(later, SmallReturns.B, "finance", "revenue_wan", 26000, 26500));
        files.Add(SmallReturns.WriteRevision(later, 3));
        files.Add(
            SmallReturns.WriteFile(
                later,
                "spend-2025",
                RdSpendForm.Form,
                SmallReturns.G1,
                2025,
                1,
                12,
                [SmallReturns.Spend(SmallReturns.A, 2025, 140), SmallReturns.Spend(SmallReturns.B, 2025, 60)]
            )
        );
        files.Add(
            SmallReturns.WriteFile(
                later,
                "patents-2024-more",
                PatentForm.Form,
                SmallReturns.G2,
                2024,
                1,
                13,
                [SmallReturns.Patent(SmallReturns.C, "GRANT", new(2024, 10, 1), "CN202410112200.X")]
            )
        );
        // Its number has a wrong check digit.
        files.Add(
            SmallReturns.WriteFile(
                later,
                "patents-faulty",
                PatentForm.Form,
                SmallReturns.B,
                2024,
                1,
                15,
                [SmallReturns.Patent(SmallReturns.B, "FILE", new(2024, 3, 1), "202410112200.1")]
            )
        );
        var taken = files.Single(f => Path.GetFileName(f) == "spend-2024-v3.csv");
        (string, Action)[] others =
        [
            ("v3 withdrawn", () => Withdraw(workspace, taken, isUndone: false)),
            ("v3 taken back", () => Withdraw(workspace, taken, isUndone: true)),
            ("a finding waived", () => Waive(workspace, later)),
        ];
        return [.. files.Select(f => (Path.GetFileName(f), (Action)(() => workspace.Load(f)))), .. others];
    }

    private static void Withdraw(TestWorkspace workspace, string file, bool isUndone)
    {
        new Withdrawals(workspace.Workspace.Received).Record(new(FileHash.Of(file), "示例", DateTimeOffset.UnixEpoch, isUndone));
        workspace.Load();
    }

    /// <summary>The first error in a row of patents is waived, where it has come, so that the row counts.</summary>
    private static void Waive(TestWorkspace workspace, string folder)
    {
        object?[]? open;
        using (var landing = Innovation1551.Returns.Landing.LandingStore.Open(workspace.Workspace.Landing))
            open = landing
                .Connection.Rows(
                    "select f.sha256, x.sheet, x.source_row, x.code, x.heading from landing.finding as x join landing.file as f using (file_no) where x.code = 'V16' and x.severity = 'error' and x.origin <> 'read' and x.scope = 'row' and x.source_row is not null order by f.sha256, x.source_row, x.code limit 1"
                )
                .FirstOrDefault();
        if (open is null)
            return;
        var row = new Dictionary<string, object?>
        {
            ["file_hash"] = open[0],
            ["finding_sheet"] = open[1],
            ["finding_row"] = (long)open[2]!,
            ["finding_code"] = open[3],
            ["finding_heading"] = open[4],
            ["decision"] = "WAIVE",
            ["reviewer"] = "示例审核人",
            ["reviewed_on"] = new DateOnly(2025, 7, 1),
            ["reason"] = "电话核实",
        };
        workspace.Load(SmallReturns.WriteFile(folder, "review", ReviewForm.Form, SmallReturns.G1, 2024, 1, 14, [row]));
    }

    [Fact]
    public void A_build_says_what_it_started_from_and_why_not_from_the_release_before()
    {
        using var workspace = TestWorkspace.WithSmallRelease();
        var revision = SmallReturns.WriteRevision(workspace.Workspace.Inbox, 3);
        workspace.Load(revision);
        var first = workspace.Store.Find("latest");
        var on = Build(workspace, 0);
        Assert.Null(on.Anew);
        Assert.Equal(first.Id, on.Before!.Id);
        // One return of finance came: the facts of other forms stand, those of its own are exchanged.
        Assert.Equal((1, true), (on.Made.InPart, on.Made.Whole < on.Made.All));

        // Where no table is large, starting from a copy saves nothing.
        SmallReturns.WriteRevision(workspace.Workspace.Inbox, 6);
        workspace.Load(revision);
        Assert.StartsWith("the release before is small", Build(workspace, 100_000).Anew!.En, StringComparison.Ordinal);

        // Another program: everything is made anew, once.
        SmallReturns.WriteRevision(workspace.Workspace.Inbox, 7);
        workspace.Load(revision);
        var other = Rebuilt(workspace, "update seed.made set made_from = 'another' where relation = ''");
        Assert.Equal("another version of the program made the release before", other.Anew!.En);

        // A turned bit in the file that it would start from is found before it is trusted, also where the digest is remembered.
        SmallReturns.WriteRevision(workspace.Workspace.Inbox, 8);
        workspace.Load(revision);
        var last = workspace.Store.Find("latest");
        var file = workspace.Store.WarehousePath(last);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var stream = new FileStream(file, FileMode.Open))
        {
            stream.Position = stream.Length / 2;
            var value = stream.ReadByte();
            stream.Position--;
            stream.WriteByte((byte)(value ^ 1));
        }
        var damaged = Build(workspace, 0);
        Assert.NotNull(damaged.Anew);
        Assert.Contains(damaged.Told, t => t.En.Contains(last.Id, StringComparison.Ordinal));
        Assert.Equal(damaged.Manifest!.ContentHash, Anew(workspace).ContentHash);
    }

    /// <summary>Changes the current release behind its manifest's back, seals it again and builds on it.</summary>
    private static BuildResult Rebuilt(TestWorkspace workspace, string change)
    {
        var last = workspace.Store.Find("latest");
        var file = workspace.Store.WarehousePath(last);
        var folder = Path.GetDirectoryName(file)!;
        foreach (var path in Directory.EnumerateFiles(folder).Append(folder))
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserWrite);
        using (var warehouse = Database.OpenForWriting(file))
            warehouse.Run(change + "; checkpoint");
        ReleaseFolder.Seal(folder, last with { WarehouseSha256 = FileHash.Of(file), WarehouseBytes = new FileInfo(file).Length });
        return Build(workspace, 0);
    }

    private static BuildResult Build(TestWorkspace workspace, long largeFrom) =>
        new Building(workspace.Workspace, Shipped, TimeProvider.System, releasesToKeep: 3) { LargeFrom = largeFrom }.Build(
            null,
            null,
            TestContext.Current.CancellationToken
        );

    private static Manifest Anew(TestWorkspace workspace)
    {
        var built = new Building(workspace.Workspace, Shipped, TimeProvider.System, releasesToKeep: 3).Build(
            null,
            null,
            TestContext.Current.CancellationToken,
            force: true
        );
        Assert.NotNull(built.Anew);
        Assert.Empty(built.Failures);
        return built.Manifest!;
    }
}
