using DuckDB.NET.Data;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sample;
using Innovation1551.Returns.Writing;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>Files that say the same again, files read again after a definition was mended, and decisions of reviewers.</summary>
public sealed class ReplaySpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-replay-").FullName;
    private readonly IReadOnlyList<(string Path, int Rows)> _files;
    private readonly Workspace _workspace;

    public ReplaySpecs()
    {
        _files = SmallReturns.Write(Path.Combine(_folder, "files"));
        _workspace = new Workspace(Path.Combine(_folder, "workspace")).Make();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_return_saved_again_in_another_form_is_loaded_once_and_says_as_what()
    {
        // The same row as a workbook, as CSV in two encodings: three files of different bytes and one content.
        var row = Award("STP");
        var header = new ReturnHeader(SmallReturns.G1, "示例一集团", 2024, "2024年", new DateOnly(2025, 3, 1)) { Synthetic = true };
        var (book, utf8, gb) = (Path.Combine(_folder, "奖励.xlsx"), Path.Combine(_folder, "奖励.csv"), Path.Combine(_folder, "奖励_另存.csv"));
        using (var stream = File.Create(book))
            ReturnWorkbook.Write(stream, header, [new(AwardForm.Form, [row])]);
        using (var stream = File.Create(utf8))
            ReturnCsv.Write(stream, header, new(AwardForm.Form, [row]), ReturnCsv.Utf8);
        using (var stream = File.Create(gb))
            ReturnCsv.Write(stream, header, new(AwardForm.Form, [row]), ReturnCsv.Gb18030);
        Load(null, PathOf("register"));
        Assert.Equal(1, Load(null, book).RowsIn);
        var again = Load(null, utf8, gb);
        Assert.Equal((2, 0L, 0), (again.New, again.RowsIn, again.Errors));
        Assert.Equal(["F006", "F006"], again.Findings.Select(f => f.Code));
        Assert.All(again.Findings, f => Assert.Contains("奖励.xlsx", f.Problem.En, StringComparison.Ordinal));
        Assert.Equal(1, Landed("select count(*) from awards"));
        Assert.Equal(0, Landed("select count(*) from finding where code = 'V41'"));
        // And once more as the very same bytes under another name.
        File.Copy(book, Path.Combine(_folder, "副本.xlsx"));
        var copy = Load(null, Path.Combine(_folder, "副本.xlsx"));
        Assert.Equal((0, "F001"), (copy.New, Assert.Single(copy.Findings).Code));
    }

    [Fact]
    public void A_refused_file_is_read_again_when_the_code_list_is_mended()
    {
        var path = Path.Combine(_folder, "awards-new-scheme.csv");
        using (var stream = File.Create(path))
            ReturnCsv.Write(
                stream,
                new ReturnHeader(SmallReturns.G1, "示例一集团", 2024, "2024年", new DateOnly(2025, 3, 1)) { Synthetic = true },
                new(AwardForm.Form, [Award("NEWPRIZE")]),
                ReturnCsv.Utf8
            );
        Load(null, PathOf("register"), path);
        Assert.Equal(0, Landed("select count(*) from awards"));
        Assert.Equal(1, Landed("select count(*) from finding where code = 'B007' and severity = 'error'"));

        var mended = Override("seeds/award_scheme.csv", text => text.TrimEnd() + "\nNEWPRIZE,新奖种,New prize,,,,test\n");
        var replay = Load(mended);
        Assert.Equal((0, 2, 0), (replay.New, replay.Reread, replay.Errors));
        Assert.Equal(1, Landed("select count(*) from awards where award_scheme = 'NEWPRIZE'"));
        Assert.Equal(0, Load(mended).Reread);
    }

    [Fact]
    public void A_threshold_mended_clears_its_findings_without_reading_anything_again()
    {
        Load(null, [.. _files.Select(f => f.Path)]);
        var before = Landed("select count(*) from finding where code = 'V28' and severity = 'warning'");
        var strict = Override(
            "seeds/threshold.csv",
            text => text.Replace("personnel_share_max_percent,90", "personnel_share_max_percent,30", StringComparison.Ordinal)
        );
        Assert.Equal(0, Load(strict).Reread);
        Assert.True(Landed("select count(*) from finding where code = 'V28' and severity = 'warning'") > before);
        Load(null);
        Assert.Equal(before, Landed("select count(*) from finding where code = 'V28' and severity = 'warning'"));
    }

    [Fact]
    public void A_reviewers_decision_is_kept_and_bound_to_the_bytes_it_was_made_on()
    {
        Load(null, [.. _files.Select(f => f.Path)]);
        var open = One(
            "select f.sha256, x.sheet, x.source_row, x.code, x.heading, x.problem_zh from finding as x join file as f using (file_no) where x.code = 'V31' and x.severity = 'warning' and x.file like 'spend-2024-v3%' order by x.heading limit 1"
        );
        Dictionary<string, object?> Decision(string decision, int day) =>
            new()
            {
                ["file_hash"] = open[0],
                ["file_name"] = "spend-2024-v3.csv",
                ["finding_sheet"] = open[1],
                ["finding_row"] = (long)open[2]!,
                ["finding_code"] = open[3],
                ["finding_heading"] = open[4],
                ["problem"] = open[5],
                ["decision"] = decision,
                ["reviewer"] = "李审核",
                ["reviewed_on"] = new DateOnly(2025, 4, day),
                ["reason"] = "电话核实",
            };
        Load(null, Review("review-1", Decision("WAIVE", 1)));
        var state =
            "select severity || ' ' || decision || ' ' || reviewer || ' ' || cast(reviewed_on as varchar) || ' ' || reason from finding where code = 'V31' and file like 'spend-2024-v3%' and heading = $1 and decision is not null";
        Assert.Equal("note WAIVE 李审核 2025-04-01 电话核实", Text(state, open[4]));
        // A later decision takes the place of the earlier one; an older one that comes late does not.
        Load(null, Review("review-2", Decision("RETURN", 3)));
        Load(null, Review("review-3", Decision("WAIVE", 2)));
        Assert.Equal("warning RETURN 李审核 2025-04-03 电话核实", Text(state, open[4]));
        var built = new Building(_workspace, Definitions.Load(), TimeProvider.System, 9).Build(null, null, TestContext.Current.CancellationToken);
        Assert.Empty(built.Failures);
        using var release = Database.OpenForReading(new ReleaseStore(_workspace.Releases).WarehousePath(built.Manifest!), _workspace.Scratch);
        Assert.Equal(1, release.Scalar<long>("select count(*) from core.review where decision = 'RETURN' and is_applied"));
        Assert.Equal(0, release.Scalar<long>("select count(*) from core.file_account where rows_in <> rows_loaded + rows_rejected + rows_superseded"));
    }

    [Fact]
    public void A_slip_of_last_year_is_no_comparator_for_this_year()
    {
        // 2024 is sent in yuan and refused; 2025 is right and must be held against 2023, not against the slip.
        var paths = new[] { (2023, 100m), (2024, 1_020_000m), (2025, 103m) }.Select(y => Path.Combine(_folder, $"finance-{y.Item1}.csv")).ToArray();
        foreach (var ((year, amount), path) in new[] { (2023, 100m), (2024, 1_020_000m), (2025, 103m) }.Zip(paths))
            using (var stream = File.Create(path))
                ReturnCsv.Write(
                    stream,
                    new ReturnHeader(SmallReturns.G1, "示例一集团", year, $"{year}年", new DateOnly(year + 1, 3, 1)) { Synthetic = true },
                    new(
                        FinanceForm.Form,
                        [
                            new Dictionary<string, object?>
                            {
                                ["enterprise_code"] = SmallReturns.B,
                                ["enterprise_name"] = "示例乙公司",
                                ["period"] = $"{year}年",
                                ["revenue_wan"] = amount,
                                ["operating_cost_wan"] = amount * 0.9m,
                            },
                        ]
                    ),
                    ReturnCsv.Utf8
                );
        foreach (
            var order in (int[][])
                [
                    [0, 1, 2],
                    [2, 1, 0],
                ]
        )
        {
            using var own = new TemporaryWorkspace(_folder);
            foreach (var i in order)
                Load(own.Workspace, null, PathOf("register"), paths[i]);
            using var landing = LandingStore.Open(own.Workspace.Landing);
            Assert.Equal(
                ["finance-2024.csv"],
                landing.Connection.Rows("select distinct file from finding where code = 'V25' and severity = 'error'").Select(r => (string)r[0]!)
            );
        }
    }

    [Fact]
    public void Status_tells_late_refused_and_missing_apart_and_accounts_for_every_file()
    {
        Load(null, [.. _files.Select(f => f.Path)]);
        var built = new Building(_workspace, Definitions.Load(), TimeProvider.System, 9).Build(null, null, TestContext.Current.CancellationToken);
        using var release = Database.OpenForReading(new ReleaseStore(_workspace.Releases).WarehousePath(built.Manifest!), _workspace.Scratch);
        var status = new ResponseStatus(release, new DateOnly(2025, 6, 1));
        var spend = status.Response().Single(r => r is { Form: "rd_spend", Period: "2024" });
        Assert.Equal(new DateOnly(2025, 3, 10), spend.Due);
        // Owed: G1, A, B, G2, C (D was merged at the end of 2023). A and the faulty C and G2 came; B was taken out by its group's later return.
        Assert.Equal((5, 2), (spend.Expected, spend.Accepted));
        Assert.Equal(3, spend.Missing);
        var reminders = status.Reminders().Where(r => r is { Form: "rd_spend", Period: "2024" }).ToDictionary(r => r.EnterpriseCode, r => r.State);
        Assert.Equal("refused", reminders[SmallReturns.C]);
        Assert.Equal("missing", reminders[SmallReturns.G1]);
        Assert.All(
            new ResponseStatus(release, new DateOnly(2025, 1, 5)).Reminders().Where(r => r.Period == "2024" && r.State != "refused"),
            r => Assert.Equal("not_due", r.State)
        );
        var history = status
            .Files(
                new Innovation1551.Returns.Receiving.Archive(_workspace.Received, TimeProvider.System, long.MaxValue).Receipts,
                new Dictionary<string, Innovation1551.Returns.Receiving.Withdrawal>()
            )
            .ToDictionary(f => f.Name);
        Assert.Equal(_files.Count, history.Count);
        Assert.Equal("superseded", history["spend-2024-v1.csv"].State);
        Assert.Equal("spend-2024-v3.csv", history["spend-2024-v2.csv"].SupersededBy);
        Assert.Equal("partly", history["spend-2024-g2-faulty.csv"].State);
        Assert.All(history.Values, f => Assert.Equal(f.RowsIn, f.RowsLoaded + f.RowsRejected + f.RowsSuperseded));
    }

    private sealed class TemporaryWorkspace(string folder) : IDisposable
    {
        public Workspace Workspace { get; } = new Workspace(Path.Combine(folder, Guid.NewGuid().ToString("N"))).Make();

        public void Dispose() => Directory.Delete(Workspace.Root, recursive: true);
    }

    private static Dictionary<string, object?> Award(string scheme) =>
        new()
        {
            ["enterprise_code"] = SmallReturns.A,
            ["enterprise_name"] = "示例甲公司",
            ["period"] = "2024年",
            ["certificate_no"] = "2024-J-7",
            ["project_name"] = "示例项目",
            ["award_level"] = "PROV",
            ["award_scheme"] = scheme,
            ["award_grade"] = "2",
            ["unit_rank"] = 1L,
            ["unit_count"] = 1L,
        };

    private string Review(string name, Dictionary<string, object?> row)
    {
        var path = Path.Combine(_folder, name + ".csv");
        using var stream = File.Create(path);
        ReturnCsv.Write(
            stream,
            new ReturnHeader(SmallReturns.G1, "审核组", 2024, "2024年", new DateOnly(2025, 4, 5)) { Synthetic = true },
            new(ReviewForm.Form, [row]),
            ReturnCsv.Utf8
        );
        return path;
    }

    private Definitions Override(string path, Func<string, string> change)
    {
        var place = Path.Combine(_folder, "definitions-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(place, path))!);
        File.WriteAllText(Path.Combine(place, path), change(Definitions.Load()[path]));
        return Definitions.Load(place);
    }

    private LoadResult Load(Definitions? definitions, params string[] paths) => Load(_workspace, definitions, paths);

    private static LoadResult Load(Workspace workspace, Definitions? definitions, params string[] paths) =>
        new Loading(workspace, definitions ?? Definitions.Load(), new ReadOptions(), TimeProvider.System).Load(
            paths,
            null,
            TestContext.Current.CancellationToken
        );

    private string PathOf(string name) => _files.Single(f => Path.GetFileNameWithoutExtension(f.Path) == name).Path;

    private long Landed(string sql) => (long)One(sql)[0]!;

    private string? Text(string sql, params object?[] parameters) => (string?)One(sql, parameters)[0];

    private object?[] One(string sql, params object?[] parameters)
    {
        using var landing = LandingStore.Open(_workspace.Landing);
        return Assert.Single(landing.Connection.Rows(sql, parameters));
    }
}
