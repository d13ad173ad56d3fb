using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>build</c>: build, check and publish the warehouse.</summary>
internal static class BuildVerb
{
    public static Command Command()
    {
        var asOf = new Option<string?>("--as-of") { Description = "只用某一发布版本的文件 / from the files of that release only", HelpName = "R" };
        var command = new Verb("build", """
            由已收报表重建数据仓库，检查通过后发布为新版本；原版本不变。
            Rebuild the warehouse from the returns, check it, and publish it as a new release; earlier ones stay as they are.
            """, """
            innovation build
            innovation build --as-of r0003
            """) { asOf };
        command.SetAction((parse, cancel) => Session.Run(parse, (session, token) =>
        {
            using var writer = session.Write();
            // Forms or code lists may have changed since the files were read; nothing needs to be sent again.
            var load = new Loading(session.Workspace, session.Definitions, session.ReadOptions, session.Clock).Load([], null, token, tell: false);
            if (load.Healed is { } healed) session.Speaker.Complain(healed);
            var result = Build(session, parse.GetValue(asOf), token);
            session.Speaker.Answer(Answer(result));
            return result.Failures.Count > 0 ? ExitCode.DataErrors : ExitCode.Done;
        }, cancel));
        return command;
    }

    public static BuildResult Build(Session session, string? asOf, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        var keep = int.TryParse(session.Configuration["ReleasesToKeep"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 20;
        var building = new Building(session.Workspace, session.Definitions, session.Clock, keep);
        var result = speaker.WithProgress(new("构建数据仓库", "building the warehouse"), progress => building.Build(asOf, progress, cancel));
        foreach (var told in result.Told) speaker.Complain(told);
        foreach (var failure in result.Failures)
        {
            speaker.Complain(new($"检查未通过：{failure.Check}（{failure.Rows} 行）{failure.Meaning}", $"check failed: {failure.Check} ({failure.Rows} rows) {failure.Meaning}"));
            foreach (var example in failure.Examples) speaker.Complain(new("    " + example, "    " + example));
        }
        if (result.Failures.Count > 0)
            speaker.Complain(new("未发布新版本；原版本仍可使用", "nothing was published; the previous release still reads"));
        else if (result.IsNew)
            speaker.Say(new($"已发布 {result.Manifest!.Id}", $"published {result.Manifest!.Id}"));
        else
            speaker.Say(new($"文件与定义均无变化，沿用 {result.Manifest!.Id}", $"neither files nor definitions have changed: {result.Manifest!.Id} stands"));
        return result;
    }

    public static object Answer(BuildResult result) => new
    {
        release = result.Manifest?.Id,
        is_new = result.IsNew,
        content_hash = result.Manifest?.ContentHash,
        failures = result.Failures,
    };
}
