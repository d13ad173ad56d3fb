using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>checklist</c>: what stands in the way of publishing a release.</summary>
internal static class ChecklistVerb
{
    /// <summary>Faults of one item that a person is shown; the answer in JSON has all.</summary>
    private const int Shown = 10;

    public static Command Command()
    {
        var release = Verb.ReleaseArgument();
        var waive = new Option<string?>("--waive")
        {
            Description = "放行一项，须注明放行人和理由 / let one item pass as it is, with who and why",
            HelpName = "ITEM",
        };
        waive.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var item }] && !ReleaseChecklist.Names.Contains(item))
                result.AddError(
                    $"没有“{item}”这一项，现有：{string.Join("、", ReleaseChecklist.Names)} / there is no item \"{item}\"; there are: {string.Join(", ", ReleaseChecklist.Names)}"
                );
        });
        var by = new Option<string?>("--by") { Description = "放行人 / who answers for it", HelpName = "NAME" };
        var why = new Option<string?>("--why") { Description = "理由（记录在案） / the reason (kept on record)", HelpName = "TEXT" };
        var command = new Verb(
            "checklist",
            """
            发布前检查：版本、报告和已发布的数据是否完好；有无错误、未说明的问题；报告的数字、替代文字、双语、链接；有无自然人信息；是否到发布日期、
            是否已批准。有一项不通过，sign、publish --out（及 --to postgres、clickhouse）和 public 就不执行。--waive 放行一项：只对当时列出的问题有效，再有别的问题须重新放行。
            What must hold before a release goes out: release, reports and published data are whole; no errors, no unexplained warnings; numerals, texts of
            pictures, both languages and links of its reports; no natural person; the day has come, and it is approved. While an item fails, sign, publish
            --out (or --to postgres, clickhouse) and public do nothing. --waive lets one pass: for just what is listed then; whatever else turns up is not waived with it.
            """,
            """
            innovation checklist
            innovation checklist r0003 --json
            innovation checklist latest --waive errors --by 张三 --why "两家企业的错误行不影响合计，会议同意"
            """
        )
        {
            release,
            waive,
            by,
            why,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                        parse.GetValue(waive) is { } item
                            ? Waive(session, parse.GetValue(release)!, item, Given(parse.GetValue(by), "--by"), Given(parse.GetValue(why), "--why"))
                            : Check(session, parse.GetValue(release)!),
                    cancel
                )
        );
        return command;
    }

    private static int Check(Session session, string name)
    {
        using var opened = session.Open(name);
        return Tell(session, opened, Items(session, opened), session.Speaker.Say) ? ExitCode.Done : ExitCode.DataErrors;
    }

    private static int Waive(Session session, string name, string item, string by, string why)
    {
        using var writer = session.Write();
        using var opened = session.Open(name);
        var id = opened.Manifest.Id;
        var items = Items(session, opened);
        var found = items.Single(i => i.Name == item);
        if (!found.MayBeWaived)
            throw new UsageException(
                new($"“{found.Title.Zh}”（{item}）不可放行，须予解决", $"{item} cannot be waived: it has to be put right ({found.Title.En})")
            );
        if (found.Verdict != "fails")
            throw new UsageException(
                found.Waiver is { } before
                    ? new($"{id} 的 {item} 已由 {before.By} 放行（{before.Why}）", $"{item} of {id} was waived by {before.By} ({before.Why})")
                    : new($"{id} 的 {item} 通过，无可放行", $"{item} of {id} holds: there is nothing to waive")
            );
        var waiver = new Waiver(id, item, Waivers.Hash(found.Faults), by, why, session.Clock.GetLocalNow());
        new Waivers(session.Workspace.Releases).Record(waiver);
        return Tell(session, opened, [.. items.Select(i => i == found ? i with { Waiver = waiver } : i)], session.Speaker.Say)
            ? ExitCode.Done
            : ExitCode.DataErrors;
    }

    /// <summary>Refuses to go on while something fails, and says what.</summary>
    /// <param name="withReports">False where data leave alone.</param>
    /// <returns>Whether all holds or is waived.</returns>
    public static bool Holds(Session session, OpenRelease opened, bool withReports = true)
    {
        var items = Items(session, opened, withReports);
        if (items.All(i => i.Verdict != "fails"))
            return true;
        Tell(session, opened, [.. items.Where(i => i.Verdict == "fails")], session.Speaker.Complain);
        session.Speaker.Complain(
            new(
                $"什么都没有做：先解决以上各项，或用 innovation checklist {opened.Manifest.Id} --waive 放行",
                $"nothing was done: put these right, or let them pass by innovation checklist {opened.Manifest.Id} --waive"
            )
        );
        return false;
    }

    private static IReadOnlyList<ChecklistItem> Items(Session session, OpenRelease opened, bool withReports = true) =>
        new ReleaseChecklist(session.Workspace, session.Today).Of(opened, withReports);

    /// <summary>The items in words, or as JSON.</summary>
    private static bool Tell(Session session, OpenRelease opened, IReadOnlyList<ChecklistItem> items, Action<Text> say)
    {
        var reports = new ReleaseChecklist(session.Workspace, session.Today).Reports(opened.Manifest.Id).Select(r => Path.GetFileName(r)).ToArray();
        var isReady = items.All(i => i.Verdict != "fails");
        if (new Waivers(session.Workspace.Releases).Fault is { } unread)
            session.Speaker.Complain(unread);
        say(
            reports.Length == 0
                ? new($"{opened.Manifest.Id}（尚未生成报告）", $"{opened.Manifest.Id} (no report has been made of it)")
                : new($"{opened.Manifest.Id}，报告 {string.Join("、", reports)}", $"{opened.Manifest.Id}, reports {string.Join(", ", reports)}")
        );
        foreach (var item in items)
        {
            say(
                item.Verdict switch
                {
                    "holds" => new($"  通过    {item.Name}：{item.Title.Zh}", $"  holds   {item.Name}: {item.Title.En}"),
                    "waived" => new(
                        $"  放行    {item.Name}：{item.Title.Zh}（{item.Waiver!.By}：{item.Waiver.Why}）",
                        $"  waived  {item.Name}: {item.Title.En} ({item.Waiver!.By}: {item.Waiver.Why})"
                    ),
                    _ => new($"  不通过  {item.Name}：{item.Title.Zh}", $"  fails   {item.Name}: {item.Title.En}"),
                }
            );
            foreach (var fault in item.Faults.Take(Shown))
                say(new("            " + fault.Zh, "            " + fault.En));
            if (item.Faults.Count > Shown)
                say(
                    new(
                        $"            另有 {item.Faults.Count - Shown} 项（--json 列出全部）",
                        $"            and {item.Faults.Count - Shown} more (all with --json)"
                    )
                );
        }
        session.Speaker.Answer(
            new
            {
                release = opened.Manifest.Id,
                reports,
                ready = isReady,
                items = items.Select(i => new
                {
                    item = i.Name,
                    must_hold = i.Title,
                    verdict = i.Verdict,
                    may_be_waived = i.MayBeWaived,
                    faults = i.Faults,
                    waiver = i.Waiver is { } w
                        ? new
                        {
                            w.By,
                            w.Why,
                            w.At,
                        }
                        : null,
                }),
            }
        );
        return isReady;
    }

    private static string Given(string? value, string option) =>
        value?.Trim() is { Length: > 0 } given ? given : throw new UsageException(new($"放行须用 {option} 写明", $"to waive an item give {option}"));
}
