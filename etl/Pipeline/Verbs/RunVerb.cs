using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>run</c>: the main job.</summary>
internal static class RunVerb
{
    public static Command Command()
    {
        var command = new Verb(
            "run",
            """
            装入、构建、检查、出报告，一步到底。工作区为空时使用内置示例数据（示例数据 synthetic）。
            Load, build, check and report in one go. With an empty workspace it uses the embedded sample (示例数据 synthetic).
            """,
            """
            innovation run
            innovation run --workspace 2025
            """
        );
        command.SetAction((parse, cancel) => Session.Run(parse, Run, cancel, Needs.Nothing));
        return command;
    }

    private static int Run(Session session, CancellationToken cancel)
    {
        using var writer = session.Write();
        var speaker = session.Speaker;
        var isSample =
            !Directory.EnumerateFileSystemEntries(session.Workspace.Inbox).Any() && !Directory.EnumerateFileSystemEntries(session.Workspace.Received).Any();
        if (isSample)
            MakeSample(session, cancel);
        var load = LoadVerb.Load(session, [session.Workspace.Inbox], cancel);
        var build = BuildVerb.Build(session, null, cancel);
        if (build.Failures.Count > 0)
            return ExitCode.DataErrors;
        using var release = session.Open(build.Manifest!.Id);
        var year = release.Connection.Scalar<int>(
            "select max(period_year) from published.figure where period_kind = 'year' and breakdown = 'total' and value is not null"
        );
        // A register alone, or months, are a release and no annual report yet.
        if (year == 0)
            speaker.Say(new("尚无年度数据，不生成报告；应报情况见 innovation status", "no annual data yet, so no report; who owes what: innovation status"));
        // Before its day an embargoed release has its report as a draft, which says so.
        var report = year == 0 ? null : ReportVerb.Report(session, release, year, again: build.IsNew, ReportVerb.Standing(session, release.Manifest), cancel);
        speaker.Answer(
            new
            {
                load = LoadVerb.Answer(load, session.Workspace),
                build = BuildVerb.Answer(build),
                report,
            }
        );
        // The sample's faults are there to be shown: that they were found is no failure of the run.
        return load.Errors > 0 && !isSample ? ExitCode.DataErrors : ExitCode.Done;
    }

    private static void MakeSample(Session session, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        speaker.Say(
            new(
                "工作区为空：使用内置示例数据（synthetic，企业名称均为虚构，其中故意留有若干错误）",
                "the workspace is empty: using the embedded sample (示例数据 synthetic, invented enterprises, with a few deliberate faults)"
            )
        );
        speaker.WithProgress(
            new("生成示例报表", "making sample returns"),
            progress =>
            {
                SampleGenerator.Write(session.Workspace.Inbox, new SampleOptions(), progress, cancel);
                return 0;
            }
        );
    }
}
