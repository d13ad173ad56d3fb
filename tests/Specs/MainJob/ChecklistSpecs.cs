using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Specs.Publishing;
using Xunit;

namespace Innovation1551.Specs.MainJob;

/// <summary>What must hold before a release goes out: each item is shown to hold, and then to block.</summary>
[Collection(PassingReleaseCollection.Name)]
public sealed class ChecklistSpecs(PassingRelease passing) : IDisposable
{
    private static readonly DateOnly Today = new(2026, 1, 1);

    private readonly TestWorkspace _workspace = passing.Copy();
    private readonly string _out = Directory.CreateTempSubdirectory("innovation-out-").FullName;

    public void Dispose()
    {
        _workspace.Dispose();
        Directory.Delete(_out, recursive: true);
    }

    private string Folder => Directory.EnumerateDirectories(_workspace.Workspace.Reports).Single();

    [Fact]
    public void Nothing_fails_where_all_is_well_and_what_is_waived_stays_in_sight()
    {
        // Its day has come today.
        new Approvals(_workspace.Workspace.Releases).Record(Approval(Today));
        var items = Items();
        Assert.Equal(ReleaseChecklist.Names, items.Select(i => i.Name));
        Assert.Empty(items.Where(i => i.Verdict == "fails").SelectMany(i => i.Faults));
        // The small returns have faults on purpose.
        Assert.Equal(["errors", "warnings"], items.Where(i => i.Verdict != "holds").Select(i => i.Name));
        Assert.All(items.Where(i => i.Verdict != "holds"), i => Assert.Equal(("waived", "张三"), (i.Verdict, i.Waiver!.By)));
        Assert.All(items.SelectMany(i => i.Faults.Append(i.Title)), t => Assert.True(t.Zh.Any(c => c > 0x4e00) && t.En.Length > 0, t.En));
        // What a later return has replaced, or what was answered, does not count.
        var rejected = _workspace.Query("select file_name from core.file_account where rows_rejected > 0").Select(r => (string)r[0]!).ToHashSet();
        Assert.All(items[1].Faults, f => Assert.Contains(rejected, n => f.En.StartsWith(n + ":", StringComparison.Ordinal)));
        var open = _workspace.Query("select cast(sum(open_warnings) as bigint) from core.faulty_return").Single()[0];
        Assert.InRange(items[2].Faults.Sum(f => long.Parse(f.En[(f.En.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)), 1, (long)open!);
    }

    [Fact]
    public void A_waiver_is_for_the_faults_that_were_there_and_for_nothing_else()
    {
        var path = Path.Combine(_workspace.Workspace.Releases, Waivers.FileName);
        File.Delete(path);
        var approvals = new Approvals(_workspace.Workspace.Releases);
        approvals.Record(Approval(isUndone: true));
        approvals.Record(new(passing.Before.Id, passing.Before.ContentHash, "张三", "发现漏报", DateTimeOffset.UnixEpoch, null, IsUndone: true));
        var found = Items().ToDictionary(i => i.Name);
        Assert.All((string[])["errors", "warnings", "approval"], i => Assert.Equal("fails", found[i].Verdict));
        // Nobody has approved it, its report says that somebody has, and tells the changes since an edition that is none any more.
        Assert.Equal(3, found["approval"].Faults.Count);
        Assert.Contains(found["approval"].Faults, f => f.En.Contains("another edition", StringComparison.Ordinal));
        var waivers = new Waivers(_workspace.Workspace.Releases);
        waivers.Record(Waiver("errors", found["errors"].Faults));
        waivers.Record(Waiver("warnings", [.. found["warnings"].Faults.SkipLast(1)]));
        // What a verb of its own puts right cannot be waived at all.
        waivers.Record(Waiver("approval", found["approval"].Faults));
        // Nor can it tell any longer what the numbers of the changes are.
        Assert.Equal(["warnings", "numerals", "approval"], Items().Where(i => i.Verdict == "fails").Select(i => i.Name));
        // A line that cannot be read waives nothing, and is told.
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"Item\"", "\"Items\"", StringComparison.Ordinal));
        waivers = new(_workspace.Workspace.Releases);
        Assert.Null(waivers.Of(_workspace.Store.Find("latest").Id, "errors", found["errors"].Faults));
        Assert.Contains("1, 3, 5", waivers.Fault!.En, StringComparison.Ordinal);

        Waiver Waiver(string item, IReadOnlyList<Text> faults) =>
            new(_workspace.Store.Find("latest").Id, item, Waivers.Hash(faults), "李四", "试", DateTimeOffset.UnixEpoch);
    }

    /// <summary>Finished files changed by whoever can also mend the manifest: only reading them tells.</summary>
    [Fact]
    public void What_is_wrong_in_a_finished_file_blocks()
    {
        FinishedFile.Change(Folder, "report.zh.html", "<p class=\"meta\">", "<p class=\"meta\">97.3");
        FinishedFile.Change(Folder, "report.zh.html", "aria-labelledby=\"contents\"><h2", "aria-labelledby=\"contents\"><img src=\"manifest.json\"><h2");
        FinishedFile.Change(Folder, "report.en.html", "Skip to the report", "Skip 到正文");
        FinishedFile.Change(Folder, "report.en.html", "href=\"#spend\"", "href=\"#spent\"");
        FinishedFile.Change(Folder, "report.zh.html", "跳到正文", "跳到正文：13800138000");
        var items = Items();
        Assert.Equal(["numerals", "alt-text", "translation", "links", "exposure"], items.Where(i => i.Verdict == "fails").Select(i => i.Name));
        Assert.Contains(items.Single(i => i.Name == "exposure").Faults, f => f.En.Contains("138******00", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_changed_after_it_was_made_blocks_and_is_not_read_further()
    {
        var page = Path.Combine(Folder, "report.zh.html");
        File.AppendAllText(page, " ");
        var items = Items();
        Assert.Contains("report.zh.html", Assert.Single(items[0].Faults).En, StringComparison.Ordinal);
        Assert.All(items.Where(i => i.Name is "numerals" or "links" or "alt-text" or "translation"), i => Assert.Equal("fails", i.Verdict));
    }

    [Fact]
    public void Before_the_day_of_publication_nothing_is_signed_or_handed_out()
    {
        new Approvals(_workspace.Workspace.Releases).Record(Approval(new DateOnly(2099, 3, 1)));
        Assert.Contains("2099-03-01", Assert.Single(Items().Single(i => i.Name == "embargo").Faults).En, StringComparison.Ordinal);
        foreach (
            var command in (string[][])
                [
                    ["sign", "latest", "--by", "desk@example.org"],
                    ["publish", "--to", "sdmx", "--out", _out],
                ]
        )
        {
            var refused = ProgramRun.Of(_workspace.Workspace.Root, [.. command, "--lang", "en"]);
            Assert.Equal((1, command[0]), (refused.ExitCode, command[0]));
            Assert.Contains("2099-03-01", refused.Error, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(_workspace.Workspace.Releases, "signatures")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_out));
    }

    [Fact]
    public void The_verb_tells_each_item_and_takes_a_waiver_with_who_and_why()
    {
        File.Delete(Path.Combine(_workspace.Workspace.Releases, Waivers.FileName));
        // One of two is waived: the other still blocks.
        var told = ProgramRun.Of(_workspace.Workspace.Root, "checklist", "latest", "--waive", "errors", "--by", "张三", "--why", "不影响合计", "--json");
        Assert.Equal((1, false), (told.ExitCode, told.Json.GetProperty("ready").GetBoolean()));
        var items = told.Json.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("item").GetString()!);
        Assert.Equal(("waived", "fails"), (Verdict("errors"), Verdict("warnings")));
        Assert.Equal("不影响合计", items["errors"].GetProperty("waiver").GetProperty("why").GetString());
        Assert.Equal(1, File.ReadLines(Path.Combine(_workspace.Workspace.Releases, Waivers.FileName)).Count(l => l.Length > 0));

        string? Verdict(string item) => items[item].GetProperty("verdict").GetString();
    }

    [Fact]
    public void A_person_is_found_by_name_but_not_in_the_name_of_an_enterprise_and_not_where_he_approved()
    {
        using var release = new DuckDBConnection("DataSource=:memory:");
        release.Open();
        release.Run(
            """
            create schema core;
            create table core.dim_enterprise as select '山西王五机械有限公司' as enterprise_name;
            create table core.review as select unnest(['赵六', 'Ann Lee', null]) as reviewer;
            create table core.evaluation_appeal as select '王五 0351-1234567' as contact;
            """
        );
        var persons = new NamedPersons(release, approvers: new HashSet<string> { "赵六" });
        Assert.Equal(3, Found("由王五答复，电话 0351-1234567；reviewed by Ann Lee").Length);
        Assert.Empty(Found("山西王五机械有限公司，赵六批准，Joann Leeds"));
        Assert.Empty(Found("91140100EXA0002973 20240101 13800138000.12 110105194912310021 99911111111111111X"));
        string[] Found(string words) => [.. persons.In([("page", words)]).Select(f => f.En)];
    }

    private IReadOnlyList<ChecklistItem> Items()
    {
        using var release = _workspace.Open();
        return new ReleaseChecklist(_workspace.Workspace, Today).Of(release);
    }

    private Approval Approval(DateOnly? embargo = null, bool isUndone = false) =>
        _workspace.Store.Find("latest") is var m ? new(m.Id, m.ContentHash, "张三", "审定", DateTimeOffset.UnixEpoch, embargo, isUndone) : null!;
}
