using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Publishing.Annual;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>report</c>: the annual report of a year.</summary>
internal static class ReportVerb
{
    public static Command Command()
    {
        var year = new Argument<int>("YEAR") { Description = "报告年份 / year of the report" };
        var release = new Option<string>("--release")
        {
            Description = "发布版本（默认 latest） / release (default latest)",
            DefaultValueFactory = _ => "latest",
            HelpName = "R",
        };
        var command = new Verb(
            "report",
            """
            由发布版本生成年度统计报告：网页、图（PNG、SVG）及其数据（CSV、Arrow）、清单。
            Make the annual report of a year from a release: the page, the charts (PNG, SVG), their data (CSV, Arrow), and a manifest.
            """,
            """
            innovation report 2025
            innovation report 2024 --release r0002
            """
        )
        {
            year,
            release,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        session.Workspace.Make();
                        using var opened = session.Open(parse.GetValue(release)!);
                        session.Speaker.Answer(Report(session, opened, parse.GetValue(year), again: true, token));
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    /// <param name="again">Make it also where it was made before from the same release.</param>
    public static object Report(Session session, OpenRelease release, int year, bool again, CancellationToken cancel)
    {
        var (speaker, manifest) = (session.Speaker, release.Manifest);
        var folder = Path.Combine(session.Workspace.Reports, $"{year.ToString(CultureInfo.InvariantCulture)}-{manifest.Id}");
        var page = Path.Combine(folder, "index.html");
        // The manifest is written last: where it is, the report is whole.
        if (!again && File.Exists(Path.Combine(folder, "manifest.json")))
        {
            speaker.Say(new($"报告无变化：{page}", $"the report stands: {page}"));
            return new
            {
                year,
                release = manifest.Id,
                page,
                folder,
            };
        }
        speaker.WithProgress(
            new("生成报告", "making the report"),
            progress =>
                AnnualReport.Write(release.Connection, year, folder, manifest.Id, progress, cancel, [.. manifest.Inputs.Select(i => (i.Name, i.Sha256))])
        );
        speaker.Say(new($"报告：{page}", $"report: {page}"));
        return new
        {
            year,
            release = manifest.Id,
            page,
            folder,
        };
    }
}
