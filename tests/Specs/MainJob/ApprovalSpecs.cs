using System.Text;
using System.Text.Json;
using Innovation1551.Models.Releases;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>A person answers for a release, and every report says whether one does.</summary>
public sealed class ApprovalSpecs : IDisposable
{
    private readonly TestWorkspace _workspace = TestWorkspace.WithSmallRelease();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_report_is_a_draft_until_its_release_is_approved_and_its_day_has_come()
    {
        Assert.Contains("草稿：本版数据尚未批准", Report(), StringComparison.Ordinal);
        var before = Bytes();

        var nobody = Run("approve", "latest", "--why", "审定");
        Assert.Equal(2, nobody.ExitCode);
        var held = Run("approve", "latest", "--by", "张三", "--why", "会议审定", "--embargo", "2099-03-01", "--json").Json;
        Assert.Equal(before, Bytes());
        Assert.Equal(_workspace.Store.Find("latest").ContentHash, held.GetProperty("content_hash").GetString());

        // Before its day there is a draft for who asks for one, and nothing else.
        var early = Run("report", "2024", "--format", "html");
        Assert.Equal(2, early.ExitCode);
        Assert.Contains("2099-03-01", early.Error, StringComparison.Ordinal);
        Assert.Contains("张三", early.Error, StringComparison.Ordinal);
        Assert.Contains("草稿：本版数据已批准，<", Report("--draft"), StringComparison.Ordinal);

        Assert.Equal(2, Run("approve", "latest", "--by", "李四", "--why", "再次").ExitCode);
        Assert.Equal(0, Run("approve", "latest", "--undo", "--by", "张三", "--why", "提前发布").ExitCode);
        Assert.Equal(0, Run("approve", "latest", "--by", "<b>李四", "--why", "审定").ExitCode);
        var page = Report();
        Assert.DoesNotContain("草稿", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;李四", page, StringComparison.Ordinal);
        using (var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), "manifest.json"))))
            Assert.Equal("approved", manifest.RootElement.GetProperty("standing").GetProperty("state").GetString());
        var verified = Run("verify", "latest", "--json");
        Assert.Equal((0, "<b>李四"), (verified.ExitCode, verified.Json.GetProperty("approval").GetProperty("by").GetString()));
        Assert.Equal(before, Bytes());
    }

    [Fact]
    public void An_approval_belongs_to_one_content_and_keeps_its_release()
    {
        var (store, manifest) = (_workspace.Store, _workspace.Store.Find("latest"));
        new Approvals(_workspace.Workspace.Releases).Record(
            new(manifest.Id, manifest.ContentHash, "张三", "审定", DateTimeOffset.UnixEpoch, null, IsUndone: false)
        );
        _workspace.Load(SmallReturns.WriteRevision(_workspace.Workspace.Inbox, 9));
        Assert.Empty(_workspace.Build().Failures);
        // Somebody answers for the older one: it is not pruned. The newer one is not approved with it.
        Assert.Empty(store.Prune(1));
        var approvals = new Approvals(_workspace.Workspace.Releases);
        Assert.NotNull(approvals.Of(manifest));
        Assert.Null(approvals.Of(store.Find("latest")));

        // An approval of something else, and a line that cannot be read, count for nothing and are told.
        var path = Path.Combine(_workspace.Workspace.Releases, Approvals.FileName);
        var written = File.ReadAllText(path);
        File.WriteAllText(path, written.Replace(manifest.ContentHash, new string('0', manifest.ContentHash.Length), StringComparison.Ordinal));
        var other = Run("verify", manifest.Id);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("张三", other.Error, StringComparison.Ordinal);
        Assert.Null(new Approvals(_workspace.Workspace.Releases).Of(manifest));
        File.WriteAllText(path, written[..^20] + "\n", Encoding.UTF8);
        Assert.Equal(1, Run("verify", manifest.Id).ExitCode);
        Assert.Null(new Approvals(_workspace.Workspace.Releases).Of(manifest));
    }

    private string Folder() => Directory.EnumerateDirectories(_workspace.Workspace.Reports, "2024-*").Single();

    /// <summary>The Chinese page of 2024.</summary>
    private string Report(params string[] options)
    {
        var run = Run(["report", "2024", "--format", "html", "--lang", "zh", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        return File.ReadAllText(Path.Combine(Folder(), "report.zh.html"));
    }

    /// <summary>Every byte of the release's folder.</summary>
    private string Bytes() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(Path.Combine(_workspace.Workspace.Releases, _workspace.Store.Current!))
                .Order(StringComparer.Ordinal)
                .Select(f => $"{Path.GetFileName(f)} {FileHash.Of(f)}")
        );

    private ProgramRun Run(params string[] arguments) => ProgramRun.Of(_workspace.Workspace.Root, arguments);
}
