using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Landing;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>build</c>: build, check and publish the warehouse.</summary>
internal static class BuildVerb
{
    public static Command Command()
    {
        var asOf = new Option<string?>("--as-of") { Description = "只用某一发布版本的文件 / from the files of that release only", HelpName = "R" };
        var publish = new Option<bool>("--publish") { Description = "与 --as-of 合用：并将其设为当前版本 / with --as-of: and make it the current release" };
        var force = new Option<bool>("--force")
        {
            Description = "全部重读、重建并发布，即使没有变化 / read and build everything again and publish it, changed or not",
        };
        var command = new Verb(
            "build",
            """
            由已收报表重建数据仓库，检查通过后发布为新版本；原版本不变。用 --as-of 重建的旧版本放在旁边，当前版本不变，除非加 --publish。
            Rebuild the warehouse from the returns, check it, and publish it as a new release; earlier ones stay as they are.
            One built again with --as-of lies beside them: the current release stays current unless --publish is given.
            """,
            """
            innovation build
            innovation build --as-of r0003
            innovation build --as-of r0003 --publish
            innovation build --force
            """
        )
        {
            asOf,
            publish,
            force,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        if (parse.GetValue(publish) && parse.GetValue(asOf) is null)
                            throw new UsageException(new("--publish 只与 --as-of 合用", "--publish goes with --as-of"));
                        using var writer = session.Write();
                        if (parse.GetValue(force) && LandingStore.Discard(session.Workspace.Landing) is { } damaged)
                            session.Speaker.Complain(damaged);
                        // Forms or code lists may have changed since the files were read; nothing needs to be sent again.
                        var load = new Loading(session.Workspace, session.Definitions, session.ReadOptions, session.Clock).Load(
                            [],
                            null,
                            token,
                            findings => FindingsFile.Write(session.Workspace, findings),
                            tell: false
                        );
                        if (load.Healed is { } healed)
                            session.Speaker.Complain(healed);
                        LoadVerb.Answers(session.Speaker, load, session.Workspace);
                        var result = Build(session, parse.GetValue(asOf), token, parse.GetValue(force), parse.GetValue(publish));
                        session.Speaker.Answer(Answer(result));
                        return result.Failures.Count > 0 ? ExitCode.DataErrors : ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    public static BuildResult Build(Session session, string? asOf, CancellationToken cancel, bool force = false, bool publish = false)
    {
        var speaker = session.Speaker;
        var building = new Building(session.Workspace, session.Definitions, session.Clock, Retention.Of(session.Configuration).Releases)
        {
            LargeFrom = ConfiguredNumber.Of(session.Configuration, "Build:LargeFrom", 0) ?? Building.LargeUsually,
        };
        var result = speaker.WithProgress(new("构建数据仓库", "building the warehouse"), progress => building.Build(asOf, progress, cancel, force, publish));
        foreach (var told in result.Told)
            speaker.Complain(told);
        foreach (var failure in result.Failures)
        {
            speaker.Complain(
                new(
                    $"检查未通过：{failure.Check}（{failure.Rows} 行）{failure.Meaning}",
                    $"check failed: {failure.Check} ({failure.Rows} rows) {failure.Meaning}"
                )
            );
            foreach (var example in failure.Examples)
                speaker.Complain(new("    " + example, "    " + example));
        }
        if (result.Failures.Count > 0)
            speaker.Complain(new("未发布新版本；原版本仍可使用", "nothing was published; the previous release still reads"));
        else if (result is { IsNew: true, IsAside: true })
            speaker.Say(
                new(
                    $"已由 {asOf} 的文件构建 {result.Manifest!.Id}；当前版本仍为 {result.Before!.Id}（如需替换，加 --publish）",
                    $"built {result.Manifest!.Id} from the files of {asOf}; the current release is still {result.Before!.Id} (--publish puts the new one in its place)"
                )
            );
        else if (result.IsNew)
            speaker.Say(new($"已发布 {result.Manifest!.Id}", $"published {result.Manifest!.Id}"));
        if (result is { IsNew: true, Before: { } started, Anew: var anew, Made: var made })
            speaker.Say(
                anew is { } why
                    ? new($"全部重新计算：{why.Zh}", $"everything was made anew: {why.En}")
                    : new(
                        $"在 {started.Id} 的基础上构建：{made.All} 张表中重算 {made.Whole} 张，{made.InPart} 张只换有变化的报表和专利，其余不变",
                        $"built on {started.Id}: of {made.All} tables {made.Whole} were made again, in {made.InPart} only changed returns and patents were exchanged, the others stand"
                    )
            );
        if (force && result is { IsNew: true, Before: { } before })
            speaker.Say(
                before.ContentHash == result.Manifest!.ContentHash
                    ? new($"内容与 {before.Id} 完全相同", $"its content is that of {before.Id}")
                    : new(
                        $"内容与 {before.Id} 不同：innovation diff {before.Id} latest",
                        $"its content differs from {before.Id}: innovation diff {before.Id} latest"
                    )
            );
        if (result is { IsNew: false, Failures.Count: 0 })
            speaker.Say(new($"文件与定义均无变化，沿用 {result.Manifest!.Id}", $"neither files nor definitions have changed: {result.Manifest!.Id} stands"));
        return result;
    }

    public static object Answer(BuildResult result) =>
        new
        {
            release = result.Manifest?.Id,
            is_new = result.IsNew,
            is_current = !result.IsAside,
            content_hash = result.Manifest?.ContentHash,
            built_on = result is { IsNew: true, Anew: null } ? result.Before?.Id : null,
            anew_because = result.Anew,
            tables_made = result.Made.Whole,
            tables_exchanged = result.Made.InPart,
            failures = result.Failures,
        };
}
