using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Sheets;
using Innovation1551.Returns.Writing;
using Innovation1551.Specs.Feedback;
using Xunit;

namespace Innovation1551.Specs.Warehouse;

/// <summary>What is to be decided goes out as a workbook and comes back as decisions that hold.</summary>
public sealed class ReviewDeskSpecs : IDisposable
{
    private static readonly DateOnly Today = new(2025, 7, 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("innovation1551-desk-").FullName;
    private readonly Workspace _workspace;

    public ReviewDeskSpecs()
    {
        _workspace = new Workspace(Path.Combine(_folder, "workspace")).Make();
        var files = Path.Combine(_folder, "files");
        var returns = SmallReturns.Write(files).Select(f => f.Path).ToList();
        // A row that leaves blocks empty and says why: its warnings are explained.
        Dictionary<string, object?> Explained(string code) => new(SmallReturns.Spend(code, 2024, 30)) { ["note"] = "示例：按项目列支" };
        Load([
            .. returns,
            SmallReturns.WriteFile(files, "explained", RdSpendForm.Form, SmallReturns.G2, 2024, 8, 20, [Explained(SmallReturns.C), Explained(SmallReturns.G2)]),
            SmallReturns.WriteCorrection(files, SmallReturns.A, "finance", "revenue_wan", 50_000, 999),
            SmallReturns.WriteCorrection(files, SmallReturns.A, "finance", "operating_cost_wan", 40_000, 888),
        ]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_list_goes_out_and_its_decisions_hold()
    {
        var (path, findings, corrections) = List();
        Assert.Equal([], FilledTemplate.Faults(path));
        Assert.Equal(2, corrections.Count);
        var (said, silent) = (findings.FindIndex(m => m.Values["explanation"] is not null), findings.FindIndex(m => m.Values["explanation"] is null));
        Assert.Equal(0, said);
        Assert.True(silent > 1, "an explanation to accept, one to send back, and a warning without");
        Links(path);

        // Nothing is decided yet: the list itself changes nothing.
        Assert.Equal((0L, 0L), (Load([path]).Errors, Landed("select count(*) from review") + Landed("select count(*) from correction_decisions")));

        var mended = Path.Combine(_folder, "decided.xlsx");
        File.Copy(path, mended);
        FilledTemplate.Fill(
            mended,
            ReviewForm.Form.Name.Zh,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [Cell(ReviewForm.Form, "decision", said)] = "ACCEPT 认可说明",
                [Cell(ReviewForm.Form, "reason", said)] = "属实",
                [Cell(ReviewForm.Form, "decision", said + 1)] = "退回重新说明",
                [Cell(ReviewForm.Form, "reason", said + 1)] = "请附明细",
                [Cell(ReviewForm.Form, "decision", silent)] = "Waived",
                [Cell(ReviewForm.Form, "reason", silent)] = "电话核实",
            }
        );
        var (refused, approved) = (corrections.FindIndex(IsOf("revenue_wan")), corrections.FindIndex(IsOf("operating_cost_wan")));
        FilledTemplate.Fill(
            mended,
            CorrectionDecisionForm.Form.Name.Zh,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [Cell(CorrectionDecisionForm.Form, "correction_verdict", refused)] = "REFUSED 不同意更正",
                [Cell(CorrectionDecisionForm.Form, "reason", refused)] = "无依据",
                [Cell(CorrectionDecisionForm.Form, "correction_verdict", approved)] = "同意更正",
                [Cell(CorrectionDecisionForm.Form, "reason", approved)] = "附审计报告",
            }
        );
        var loaded = Load([mended]);
        Assert.Equal((0L, 0L, (3L, 3L)), (loaded.Errors, loaded.Warnings, loaded.Decisions));
        Assert.Equal(
            ["ACCEPT note", "RETURN warning", "WAIVE note"],
            Column("select decision || ' ' || severity from finding where decision in ('ACCEPT', 'RETURN', 'WAIVE') order by 1")
        );
        Assert.Equal(["E06 999"], Column("select code || ' ' || read from finding where code in ('E06', 'E07')"));
        // The respondents read why.
        var answers = Directory.EnumerateFiles(_workspace.Feedback, "*.csv").Select(File.ReadAllText).ToList();
        Assert.Single(answers, a => a.Contains("审核退回（李审核，2025-07-01）：请附明细", StringComparison.Ordinal));
        Assert.Single(answers, a => a.Contains("更正未获同意（李审核，2025-07-01）：无依据", StringComparison.Ordinal));

        var (_, left, none) = List();
        Assert.Equal((findings.Count - 3, 0), (left.Count, none.Count));

        var built = new Building(_workspace, Definitions.Load(), TimeProvider.System, 9).Build(null, null, TestContext.Current.CancellationToken);
        Assert.Empty(built.Failures);
        using var release = Database.OpenForReading(new ReleaseStore(_workspace.Releases).WarehousePath(built.Manifest!), _workspace.Scratch);
        Assert.Equal(
            ["operating_cost_wan 888"],
            release.Rows("select field || ' ' || cast(corrected_value as integer) from core.corrected_cell").Select(r => r[0])
        );
        Assert.Equal(
            [
                "CORRECTION operating_cost_wan 录入有误 APPROVED 附审计报告 李审核 2025-07-01",
                "CORRECTION revenue_wan 录入有误 REFUSED 无依据 李审核 2025-07-01",
                "FINDING 示例：按项目列支 ACCEPT 属实 李审核 2025-07-01",
                "FINDING 示例：按项目列支 RETURN 请附明细 李审核 2025-07-01",
                "FINDING WAIVE 电话核实 李审核 2025-07-01",
            ],
            release
                .Rows(
                    "select concat_ws(' ', subject, case when subject = 'CORRECTION' then field end, explanation, decision, reason, decided_by, decided_on) from published.review_wide where decided_by is not null order by subject, explanation nulls last, decision"
                )
                .Select(r => r[0])
        );
    }

    /// <summary>Every link leads to a file that is there, the received one as it came.</summary>
    private static void Links(string path)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: false);
        var links = document
            .WorkbookPart!.WorksheetParts.SelectMany(p =>
                p.Worksheet!.Descendants<Hyperlink>()
                    .Select(h => (h.Location?.Value, Target: p.HyperlinkRelationships.Single(r => r.Id == h.Id).Uri.OriginalString))
            )
            .ToList();
        Assert.NotEmpty(links);
        Assert.All(links, l => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, Uri.UnescapeDataString(l.Target))), l.Target));
        Assert.Contains(links, l => l.Target.StartsWith("../feedback/", StringComparison.Ordinal));
    }

    private (string Path, List<OpenMatter> Findings, List<OpenMatter> Corrections) List()
    {
        using var matters = OpenMatters.Open(_workspace.Landing, _workspace.Scratch);
        var desk = new ReviewDesk(_workspace, new Archive(_workspace.Received, TimeProvider.System, long.MaxValue), Today, "李审核");
        Directory.CreateDirectory(_workspace.Review);
        var path = Path.Combine(_workspace.Review, $"list-{Guid.NewGuid():N}.xlsx");
        var lists = OpenMatters.Forms.Select(f => (Form: f, Matters: matters.On(f))).ToList();
        using (var stream = File.Create(path))
            DecisionWorkbook.Write(
                stream,
                [
                    .. lists.Select(l =>
                        (l.Form, (IReadOnlyList<IReadOnlyDictionary<string, object?>>)[.. l.Matters.Select(m => desk.Row(l.Form, m, _workspace.Review))])
                    ),
                ],
                Today,
                new CodeLists(Definitions.Load()),
                synthetic: true
            );
        return (path, [.. lists[0].Matters], [.. lists[1].Matters]);
    }

    private static Predicate<OpenMatter> IsOf(string field) => m => (string?)m.Values["corrected_field"] == field;

    private static string Cell(Form form, string field, int row) => ColumnName.Of(form.Fields.IndexOf(form[field]) + 1) + (TemplateSheet.HeaderRow + 1 + row);

    private LoadResult Load(IReadOnlyList<string> paths) =>
        new Loading(_workspace, Definitions.Load(), new ReadOptions(), TimeProvider.System).Load(paths, null, TestContext.Current.CancellationToken);

    private long Landed(string sql) => (long)Rows(sql)[0][0]!;

    private List<string> Column(string sql) => [.. Rows(sql).Select(r => (string)r[0]!)];

    private List<object?[]> Rows(string sql)
    {
        using var landing = LandingStore.Open(_workspace.Landing);
        return [.. landing.Connection.Rows(sql)];
    }
}
