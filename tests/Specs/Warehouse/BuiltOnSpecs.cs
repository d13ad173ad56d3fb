using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Sample;
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

    /// <summary>Of two dozen patents a few change: by a co-owner's return, by its revision, by a group that takes over an enterprise, by an owner who comes to be known.</summary>
    [Fact]
    public void Of_patents_those_that_changed_are_brought_up_to_date_and_counts_follow_them()
    {
        using var workspace = new TestWorkspace();
        var numbers = Enumerable.Range(1, 24).Select(n => PatentNumber.Of(2024, "I", n)).ToArray();
        Load("register", EnterpriseRegisterForm.Form, SmallReturns.G1, 1, Register(SmallReturns.C, SmallReturns.G2));
        Load(
            "patents",
            PatentForm.Form,
            SmallReturns.G1,
            2,
            [
                .. numbers.Select(n => Event(SmallReturns.A, "FILE", 2, n)),
                .. numbers[..12].Select(n => Event(SmallReturns.A, "GRANT", 9, n)),
                .. numbers[10..12].Select(n => Event(SmallReturns.A, "LAPSE", 10, n)),
            ]
        );
        var first = Build(workspace, 0);
        Assert.Empty(first.Failures);

        // An owner in another group reports three of them too, and that one of them lapsed, then takes one report back.
        Load("co-owner", PatentForm.Form, SmallReturns.G2, 3, [Shared(1, "FILE", 2), Shared(2, "FILE", 2), Shared(3, "FILE", 2), Shared(3, "LAPSE", 11)]);
        Assert.Equal((true, 3L), Patents(Exchanged()));
        Load("co-owner-2", PatentForm.Form, SmallReturns.G2, 4, [Shared(1, "FILE", 2), Shared(3, "LAPSE", 11), Shared(3, "ASSIGN", 12)], revision: 2);
        Assert.Equal((true, 1L), Patents(Exchanged()));
        // The other group gives its enterprise away: what its group held alone with it is counted for this one, once.
        Load("register-2", EnterpriseRegisterForm.Form, SmallReturns.G1, 5, Register(SmallReturns.C, SmallReturns.G1), revision: 2);
        Assert.Equal((true, 0L), Patents(Same()));
        // The university, an owner outside the register, enters it.
        Load(
            "university",
            EnterpriseRegisterForm.Form,
            SmallReturns.G2,
            6,
            [SmallReturns.Enterprise(SmallReturns.B, SmallReturns.G2, name: "某大学")],
            revision: 3
        );
        Same();

        BuildResult Exchanged()
        {
            var built = Same();
            // Events of a return, and the owners of its patents.
            Assert.True(built.Made.InPart >= 2, built.Made.ToString());
            return built;
        }

        BuildResult Same()
        {
            var built = Build(workspace, 0);
            Assert.Empty(built.Failures);
            Assert.Null(built.Anew);
            Assert.Equal(Anew(workspace).ContentHash, built.Manifest!.ContentHash);
            return built;
        }

        (bool IsNew, long Filed) Patents(BuildResult built)
        {
            using var release = Database.OpenForReading(workspace.Store.WarehousePath(built.Manifest!), workspace.Workspace.Scratch);
            return (
                built.IsNew,
                release.Scalar<long>($"select coalesce(sum(patents), 0) from core.patent_tally where measure = 'filed' and category = '{SmallReturns.G2}'")
            );
        }

        IReadOnlyDictionary<string, object?>[] Register(string code, string group) =>
            [
                SmallReturns.Enterprise(SmallReturns.G1, null),
                SmallReturns.Enterprise(SmallReturns.A, SmallReturns.G1),
                SmallReturns.Enterprise(SmallReturns.G2, null),
                SmallReturns.Enterprise(code, group),
            ];
        IReadOnlyDictionary<string, object?> Shared(int number, string what, int month) => Event(SmallReturns.C, what, month, numbers[number]);
        static IReadOnlyDictionary<string, object?> Event(string code, string what, int month, string number)
        {
            var row = SmallReturns.Patent(code, what, new(2024, month, 1), number);
            row["owners"] += "；某大学";
            return row;
        }
        void Load(string name, Form form, string reporter, int day, IReadOnlyDictionary<string, object?>[] rows, int revision = 1) =>
            workspace.Load(SmallReturns.WriteFile(workspace.Workspace.Inbox, name, form, reporter, 2024, revision, day, rows));
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
