using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>approve</c>: a person answers for a release, at once or from a day on.</summary>
internal static class ApproveVerb
{
    public static Command Command()
    {
        var release = new Argument<string>("R") { Description = "发布版本；latest 为当前版本 / release; latest is the current one" };
        var by = new Option<string?>("--by") { Description = "批准人 / who approves", HelpName = "NAME" };
        var why = new Option<string?>("--why") { Description = "理由或依据（记录在案） / the reason or the minute (kept on record)", HelpName = "TEXT" };
        var embargo = new Option<string?>("--embargo")
        {
            Description = "此日之前不得发布（年-月-日） / not to be published before this day (year-month-day)",
            HelpName = "DATE",
        };
        var undo = new Option<bool>("--undo") { Description = "撤回批准 / take the approval back" };
        var command = new Verb(
            "approve",
            """
            批准一个发布版本：记下批准人、时间和理由，与该版本的内容哈希绑定；可限定发布日期。未批准或未到日期的版本，其报告标明为草稿。
            Approve a release: who, when and why are kept, bound to its content hash; it may be held until a day. The report of a release that is not
            approved, or whose day has not come, is marked as a draft.
            """,
            """
            innovation approve latest --by 张三 --why "第12次主任办公会审定"
            innovation approve r0003 --by 张三 --why 审定 --embargo 2026-03-01
            innovation approve r0003 --undo --by 张三 --why "发现漏报"
            """
        )
        {
            release,
            by,
            why,
            embargo,
            undo,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                        Approve(
                            session,
                            parse.GetValue(release)!,
                            Given(parse.GetValue(by), "--by", new("批准人", "who approves")),
                            Given(parse.GetValue(why), "--why", new("理由", "the reason")),
                            Day(parse.GetValue(embargo)),
                            parse.GetValue(undo)
                        ),
                    cancel
                )
        );
        return command;
    }

    private static int Approve(Session session, string name, string by, string why, DateOnly? embargo, bool undo)
    {
        using var writer = session.Write();
        using var held = new ReleaseStore(session.Workspace.Releases).Hold(name);
        var approvals = new Approvals(session.Workspace.Releases);
        var (manifest, before) = (held.Manifest, approvals.Of(held.Id));
        if (undo && before is null)
            throw new UsageException(new($"{held.Id} 没有批准可撤回", $"{held.Id} has no approval to take back"));
        if (undo && embargo is not null)
            throw new UsageException(new("--undo 与 --embargo 只能用一个", "use --undo or --embargo, not both"));
        if (!undo && before is not null && approvals.Of(manifest) is not null)
            throw new UsageException(
                new(
                    $"{held.Id} 已由 {before.By} 批准{Until(before).Zh}；要更改请先 innovation approve {held.Id} --undo",
                    $"{held.Id} was approved by {before.By}{Until(before).En}; to change that, first innovation approve {held.Id} --undo"
                )
            );
        // Nobody answers for what is not what was published.
        if (!undo && ReleaseVerifier.Verify(held.Folder, session.Workspace.Scratch, held.Id) is { Count: > 0 } faults)
            throw ReleaseFolder.Refusal(held.Id, manifest, faults);
        var approval = new Approval(held.Id, manifest.ContentHash, by, why, session.Clock.GetLocalNow(), embargo, undo);
        approvals.Record(approval);
        session.Speaker.Say(
            undo
                ? new($"已撤回 {held.Id} 的批准（{by}：{why}）", $"the approval of {held.Id} is taken back ({by}: {why})")
                : new(
                    $"已批准 {held.Id}（{by}：{why}）{Until(approval).Zh}；内容 {manifest.ContentHash[..12]}",
                    $"{held.Id} is approved ({by}: {why}){Until(approval).En}; content {manifest.ContentHash[..12]}"
                )
        );
        session.Speaker.Answer(
            new
            {
                release = held.Id,
                approved = !undo,
                content_hash = manifest.ContentHash,
                by,
                why,
                at = approval.At,
                embargo,
            }
        );
        return ExitCode.Done;
    }

    /// <summary>From when on it may be published, in words; empty for at once.</summary>
    internal static Text Until(Approval approval) =>
        approval.Embargo is { } day
            ? new(
                $"，{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} 前不得发布",
                $", not to be published before {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
            )
            : new("", "");

    private static string Given(string? value, string option, Text what) =>
        value?.Trim() is { Length: > 0 } given ? given : throw new UsageException(new($"请用 {option} 写明{what.Zh}", $"give {what.En} with {option}"));

    private static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException(new($"“{text}”不是日期，请写作 2026-03-01", $"\"{text}\" is no day; write it as 2026-03-01"));
}
