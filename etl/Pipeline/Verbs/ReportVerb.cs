using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Publishing.Annual;
using Innovation1551.Publishing.Document;
using Innovation1551.Publishing.Formats;
using Innovation1551.Publishing.Typesetting;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>report</c>: the annual report of a year, the sheets of groups, the bulletin of a month.</summary>
internal static partial class ReportVerb
{
    public static Command Command()
    {
        var period = new Argument<string>("PERIOD")
        {
            Description = "年份，或月报的月份 / year of the report, or month of the bulletin: 2025, 2026-09",
            Validators = { RefuseOtherPeriods },
        };
        var group = new Option<string[]>("--group", "-g")
        {
            Description = "只出集团统计表：代码或名称，可多个，all 为全部 / sheets of groups instead: codes or names, or all",
            HelpName = "CODE",
            AllowMultipleArgumentsPerToken = true,
        };
        var release = Verb.Release();
        var format = new Option<string?>("--format", "-f")
        {
            Description = $"{Names}（默认全部，用逗号分隔） / {Names} (default all, separated by commas)",
            HelpName = "LIST",
        };
        var draft = new Option<bool>("--draft") { Description = "出草稿，未到发布日期也可以 / a draft, also before the day of publication" };
        var letter = new Option<bool>("--letter")
        {
            Description = "只出报送函（docx、pdf），待填处已标出 / the covering letter instead (docx, pdf), with what is to be filled in marked",
        };
        var command = new Verb(
            "report",
            """
            由发布版本生成年度统计报告，中英文各一份；另有图（PNG、SVG）及其数据（CSV、Arrow）、清单。与上一版（编号在前、已批准的最近一版）相比
            有何变动、因何变动，见报告的修订一章和 edition-changes.csv。未批准（approve）的版本，报告标明为草稿。给出 --group 时生成该集团一至两页的统计表；给出月份时生成一页的攻关任务月报。
            Make the annual report of a year from a release, one document a language, with its charts (PNG, SVG), their data (CSV, Arrow), and a manifest.
            What changed since the edition before (the last approved release with a lower number), and why, stands in its chapter on revisions and in
            edition-changes.csv. The report of a release that nobody has approved is marked as a draft.
            With --group, a sheet of a page or two for each group: figures and places, targets, tasks, evaluation, data quality.
            For a month, the bulletin of the key tasks on a page: where they stand, what changed since the month before, which are late.
            """,
            """
            innovation report 2025
            innovation report 2024 --release r0002
            innovation report 2025 --format html --lang zh
            innovation report 2025 --group 91140100EXA0002973
            innovation report 2025 --group all --format pdf
            innovation report 2026-09
            innovation report 2025 --draft
            innovation report 2025 --letter
            """
        )
        {
            period,
            release,
            group,
            format,
            draft,
            letter,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        var isLetter = parse.GetValue(letter);
                        var formats = Formats(parse.GetValue(format), isLetter ? CoveringLetter.Formats : ReportFormats.All);
                        var languages = SpokenIn(parse.GetValue(Session.LangOption));
                        var (year, month) = Period(parse.GetValue(period)!);
                        string[] groups = [.. (parse.GetValue(group) ?? []).SelectMany(Parts)];
                        if (month is not null && groups.Length > 0)
                            throw new UsageException(new("集团统计表按年生成，不按月", "the sheets of groups are made for a year, not for a month"));
                        if (isLetter && (month is not null || groups.Length > 0))
                            throw new UsageException(
                                new(
                                    "报送函随年度报告，不用于月报和集团统计表",
                                    "the covering letter goes with the annual report, not with a bulletin or sheets"
                                )
                            );
                        session.Workspace.Make();
                        session.Record();
                        using var opened = session.Open(parse.GetValue(release)!);
                        var standing = Standing(session, opened.Manifest, parse.GetValue(draft));
                        if (standing.State == "embargoed" && !parse.GetValue(draft))
                            throw new UsageException(
                                new(
                                    $"{opened.Manifest.Id} 由 {standing.Approval!.By} 批准{ApproveVerb.Until(standing.Approval).Zh}；现在只能出草稿：innovation report {parse.GetValue(period)} --draft",
                                    $"{opened.Manifest.Id} was approved by {standing.Approval!.By}{ApproveVerb.Until(standing.Approval).En}; until then there is a draft only: innovation report {parse.GetValue(period)} --draft"
                                )
                            );
                        session.Speaker.Answer(
                            isLetter ? Letter(session, opened, year, standing, token, formats, languages)
                            : month is not null ? Bulletin(session, opened, month, standing, token, formats, languages)
                            : groups.Length > 0 ? Sheets(session, opened, year, groups, standing, token, formats, languages)
                            : Report(session, opened, year, again: true, standing, token, formats, languages)
                        );
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    /// <summary>2025 is a year, 2026-09 a month.</summary>
    private static (int Year, string? Month) Period(string asked) =>
        (int.Parse(asked.AsSpan(0, 4), CultureInfo.InvariantCulture), asked.Length > 4 ? asked : null);

    private static void RefuseOtherPeriods(ArgumentResult argument)
    {
        if (argument.Tokens is [{ Value: var asked }] && !PeriodName().IsMatch(asked))
            argument.AddError($"“{asked}”不是年份或月份，应如 2025 或 2026-09 / neither a year nor a month: {asked}; write 2025 or 2026-09");
    }

    [GeneratedRegex("^[0-9]{4}(-(0[1-9]|1[0-2]))?$")]
    private static partial Regex PeriodName();

    private static string Names => string.Join(',', ReportFormats.All.Select(f => f.Name));

    /// <summary>Whether the report of a release may be taken for the official one today. An approval that was given to something else counts for nothing, and is told.</summary>
    public static ReportStanding Standing(Session session, Manifest manifest, bool asDraft = false)
    {
        var approvals = new Approvals(session.Workspace.Releases);
        foreach (var fault in (Text?[])[approvals.Fault, approvals.Mismatch(manifest)])
            if (fault is not null)
                session.Speaker.Complain(fault);
        return ReportStanding.Of(approvals.Of(manifest), session.Today, asDraft);
    }

    private static string FolderOf(Session session, int year, Manifest manifest) =>
        Path.Combine(session.Workspace.Reports, $"{year.ToString(CultureInfo.InvariantCulture)}-{manifest.Id}");

    /// <param name="again">Make it also where it was made before from the same release.</param>
    /// <param name="formats">All unless told otherwise.</param>
    /// <param name="languages">Both unless told otherwise.</param>
    public static object Report(
        Session session,
        OpenRelease release,
        int year,
        bool again,
        ReportStanding standing,
        CancellationToken cancel,
        IReadOnlyList<IReportFormat>? formats = null,
        IReadOnlyList<Language>? languages = null
    )
    {
        var (speaker, manifest) = (session.Speaker, release.Manifest);
        var folder = FolderOf(session, year, manifest);
        formats ??= ReportFormats.Ready;
        string[] documents = [.. AnnualReport.Documents(formats, languages).Select(name => Path.Combine(folder, name))];
        // The manifest is written last: where it is, what it lists is whole.
        var stands =
            !again
            && File.Exists(Path.Combine(folder, "manifest.json"))
            && documents.All(File.Exists)
            && AnnualReport.Says(folder, standing)
            && AnnualReport.EditionBefore(folder) == EditionBefore.Of(session.Workspace, manifest.Id);
        if (!stands)
        {
            SayFirstUse(speaker, formats);
            var since = EditionBefore.Changes(session.Workspace, release);
            if (since is not null)
                speaker.Say(
                    new(
                        $"与上一版 {since.Before} 相比，{since.All.Count} 个数字不同",
                        $"{since.All.Count} figures differ from the edition before, {since.Before}"
                    )
                );
            speaker.WithProgress(
                new("生成报告", "making the report"),
                progress =>
                    AnnualReport.Write(release.Connection, year, folder, manifest.Id, progress, cancel, Inputs(manifest), formats, languages, standing, since)
            );
        }
        speaker.Say(stands ? new($"报告无变化：{folder}", $"the report stands: {folder}") : new($"报告：{folder}", $"report: {folder}"));
        SayMade(speaker, manifest, standing, formats, documents);
        return new
        {
            year,
            release = manifest.Id,
            folder,
            page = documents[0],
            standing = standing.State,
            approved_by = standing.Approval?.By,
            documents,
        };
    }

    private static object Sheets(
        Session session,
        OpenRelease release,
        int year,
        IReadOnlyList<string> groups,
        ReportStanding standing,
        CancellationToken cancel,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages
    )
    {
        var (speaker, manifest) = (session.Speaker, release.Manifest);
        var folder = Path.Combine(FolderOf(session, year, manifest), "groups");
        SayFirstUse(speaker, formats);
        var sheets = speaker.WithProgress(
            new("生成集团统计表", "making the sheets"),
            progress =>
                GroupSheets.Write(release.Connection, year, groups, folder, manifest.Id, progress, cancel, Inputs(manifest), formats, languages, standing)
        );
        SayDraft(speaker, manifest, standing);
        SayMissing(speaker, formats);
        foreach (var sheet in sheets)
            speaker.Say(new($"{sheet.Name.Zh}：{sheet.Folder}", $"{sheet.Name.En}: {sheet.Folder}"));
        return new
        {
            year,
            release = manifest.Id,
            folder,
            sheets = sheets.Select(s => new
            {
                group = s.Group,
                name_zh = s.Name.Zh,
                name_en = s.Name.En,
                folder = s.Folder,
                documents = s.Documents,
            }),
        };
    }

    private static object Bulletin(
        Session session,
        OpenRelease release,
        string month,
        ReportStanding standing,
        CancellationToken cancel,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages
    )
    {
        var manifest = release.Manifest;
        var folder = Path.Combine(session.Workspace.Reports, $"{month}-{manifest.Id}");
        SayFirstUse(session.Speaker, formats);
        var documents = TaskBulletin.Write(release.Connection, month, folder, manifest.Id, cancel, Inputs(manifest), formats, languages, standing);
        session.Speaker.Say(new($"攻关任务月报：{folder}", $"bulletin of the key tasks: {folder}"));
        SayMade(session.Speaker, manifest, standing, formats, documents);
        return new
        {
            month,
            release = manifest.Id,
            folder,
            page = documents[0],
            documents,
        };
    }

    private static object Letter(
        Session session,
        OpenRelease release,
        int year,
        ReportStanding standing,
        CancellationToken cancel,
        IReadOnlyList<IReportFormat> formats,
        IReadOnlyList<Language> languages
    )
    {
        var manifest = release.Manifest;
        var folder = Path.Combine(FolderOf(session, year, manifest), "letter");
        SayFirstUse(session.Speaker, formats);
        var documents = CoveringLetter.Write(release.Connection, year, folder, manifest.Id, cancel, Inputs(manifest), formats, languages, standing);
        session.Speaker.Say(new($"报送函（待填处已标出）：{folder}", $"covering letter, with what is to be filled in marked: {folder}"));
        SayMade(session.Speaker, manifest, standing, formats, documents);
        return new
        {
            year,
            release = manifest.Id,
            folder,
            documents,
        };
    }

    /// <summary>What the release was made from, as the manifest of a document lists it.</summary>
    private static (string Name, string Sha256)[] Inputs(Manifest manifest) => [.. manifest.Inputs.Select(i => (i.Name, i.Sha256))];

    /// <summary>What a reader of the documents must know, and which they are.</summary>
    private static void SayMade(
        Speaker speaker,
        Manifest manifest,
        ReportStanding standing,
        IReadOnlyList<IReportFormat> formats,
        IEnumerable<string> documents
    )
    {
        SayDraft(speaker, manifest, standing);
        SayMissing(speaker, formats);
        foreach (var document in documents)
            speaker.Say(Text.Same($"  {Path.GetFileName(document)}"));
    }

    /// <summary>Tells that what was made may not be taken for official, and why.</summary>
    private static void SayDraft(Speaker speaker, Manifest manifest, ReportStanding standing)
    {
        if (standing.State != "approved")
            speaker.Say(
                standing.State == "embargoed"
                    ? new(
                        $"  草稿：{ApproveVerb.Until(standing.Approval!).Zh.TrimStart('，')}",
                        $"  draft: {ApproveVerb.Until(standing.Approval!).En.TrimStart(',', ' ')}"
                    )
                : standing.Approval is null
                    ? new($"  草稿：{manifest.Id} 尚未批准（innovation approve）", $"  draft: {manifest.Id} has not been approved (innovation approve)")
                : new("  草稿", "  draft")
            );
    }

    /// <summary>What takes long once is told before it does.</summary>
    private static void SayFirstUse(Speaker speaker, IReadOnlyList<IReportFormat> formats)
    {
        if (formats.Any(f => f.Name == "pdf") && Typesetter.IsFirstUse)
            speaker.Say(
                new(
                    "本机首次生成 PDF：先备好排版程序，约需十余秒，以后不再需要",
                    "the first PDF on this machine: the typesetter is made ready first, some ten seconds, once"
                )
            );
    }

    /// <summary>Tells the formats that this machine cannot write and that were not made.</summary>
    private static void SayMissing(Speaker speaker, IReadOnlyList<IReportFormat> made)
    {
        // Who has named some formats misses no other.
        if (!made.SequenceEqual(ReportFormats.Ready))
            return;
        foreach (var left in ReportFormats.All.Where(f => f.Missing is not null).Except(made))
            speaker.Say(new($"  未生成 {left.Name}：{left.Missing!.Zh}", $"  no {left.Name}: {left.Missing!.En}"));
    }

    private static IReadOnlyList<IReportFormat> Formats(string? asked, IReadOnlyList<IReportFormat> all) =>
        asked is null
            ? [.. all.Where(f => f.Missing is null)]
            :
            [
                .. Parts(asked)
                    .Select(name =>
                        all.FirstOrDefault(f => f.Name == name)
                        ?? throw new UsageException(
                            new(
                                $"没有“{name}”格式；可用：{string.Join(',', all.Select(f => f.Name))}",
                                $"there is no format {name}; there are {string.Join(',', all.Select(f => f.Name))}"
                            )
                        )
                    )
                    .Select(format => format.Missing is { } missing ? throw new UsageException(missing) : format),
            ];

    private static IReadOnlyList<Language> SpokenIn(string? asked) =>
        asked is null
            ? Enum.GetValues<Language>()
            :
            [
                .. Parts(asked)
                    .Select(name =>
                        Enum.GetValues<Language>().Cast<Language?>().FirstOrDefault(l => name.Equals(l.ToString(), StringComparison.OrdinalIgnoreCase))
                        ?? throw new UsageException(new($"报告只有 zh 和 en，没有“{name}”", $"a report is written in zh and en, not in {name}"))
                    ),
            ];

    private static IEnumerable<string> Parts(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);
}
