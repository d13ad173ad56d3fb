using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>load</c>: receive and check files.</summary>
internal static class LoadVerb
{
    private const int FindingsShown = 30;
    private const int KindsShown = 5;
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    public static Command Command()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "文件或文件夹（默认工作区的 inbox） / files or folders (default: the workspace's inbox)",
        };
        var command = new Verb(
            "load",
            """
            接收报表文件、逐格检查并入库；有错误的行不入库，其余照常。
            Receive return files, check every cell and land them; rows with errors stay out, the rest goes on.
            """,
            """
            innovation load
            innovation load 2025年报/ 补报/G07.xlsx --json
            """
        )
        {
            paths,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        var named = parse.GetValue(paths) ?? [];
                        // Before anything is made: a slip of the pen must not leave a workspace behind.
                        foreach (var path in named)
                            DemandThere(path);
                        var given = named.Length > 0 ? named : [session.Workspace.Inbox];
                        using var writer = session.Write();
                        var result = Load(session, given, token);
                        session.Speaker.Answer(Answer(result, session.Workspace));
                        return result.Errors > 0 ? ExitCode.DataErrors : ExitCode.Done;
                    },
                    cancel,
                    parse.GetValue(paths) is { Length: > 0 } ? Needs.Nothing : Needs.Workspace
                )
        );
        return command;
    }

    /// <exception cref="UsageException">There is nothing at the path; names what lies there under a similar name.</exception>
    private static void DemandThere(string path)
    {
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            return;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var folder = Path.GetDirectoryName(full);
        while (folder is not null && !Directory.Exists(folder))
            (full, folder) = (folder, Path.GetDirectoryName(folder));
        var near = folder is null
            ? null
            : Nearest.Of(Path.GetFileName(full), Directory.EnumerateFileSystemEntries(folder).Take(10_000).Select(f => Path.GetFileName(f)));
        throw new UsageException(
            near is null
                ? new(
                    $"没有文件或文件夹 {path}（在 {folder} 中找不到“{Path.GetFileName(full)}”）；什么都没有装入",
                    $"there is no file or folder {path} (no \"{Path.GetFileName(full)}\" in {folder}); nothing was loaded"
                )
                : new(
                    $"没有文件或文件夹 {path}；是否指 {Path.Combine(folder!, near)}？什么都没有装入",
                    $"there is no file or folder {path}; did you mean {Path.Combine(folder!, near)}? Nothing was loaded"
                )
        );
    }

    /// <summary>Loads, and tells a person what came of it.</summary>
    public static LoadResult Load(Session session, IReadOnlyList<string> paths, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        var loading = For(session);
        var result = speaker.WithProgress(
            new("读入报表", "reading returns"),
            progress => loading.Load(paths, progress, cancel, findings => FindingsFile.Write(session.Workspace, findings))
        );
        if (result.Healed is { } healed)
            speaker.Complain(healed);
        Tell(speaker, result, session.Workspace);
        return result;
    }

    /// <summary>Loading as the verbs do it.</summary>
    public static Loading For(Session session) =>
        new(
            session.Workspace,
            session.Definitions,
            session.ReadOptions,
            session.Clock,
            Settle,
            (e, sha256) => session.Log("load").LogError(e, "set aside {Sha256}", sha256)
        );

    /// <summary>The machine's answer: the first findings, how many there are, and where all of them stand.</summary>
    public static object Answer(LoadResult result, Workspace workspace) =>
        new
        {
            files = result.Files,
            new_files = result.New,
            files_read_again = result.Reread,
            refused_files = result.Refused,
            rows_in = result.RowsIn,
            errors = result.Errors,
            warnings = result.Warnings,
            answers = result.Answers,
            decisions = result.Decisions.Came,
            decisions_that_hold = result.Decisions.Hold,
            warning_kinds = result.WarningKinds.Select(k => new
            {
                rule = k.First.Code,
                count = k.Count,
                first = k.First,
            }),
            findings_total = result.Total,
            findings_file = FindingsFile.PathIn(workspace),
            findings = result.Findings,
        };

    private static void Tell(Speaker speaker, LoadResult result, Workspace workspace)
    {
        if (result.Reread > 0)
            speaker.Say(
                new(
                    $"此前收到的 {result.Reread} 个文件本次重读或补报（报表定义或代码表已变，或上次运行中断）",
                    $"{result.Reread} files received before were read again or finished (forms or code lists have changed, or a run was cut off)"
                )
            );
        if (result.New + result.Reread == 0 && result.Errors == 0)
        {
            speaker.Say(new($"没有新文件（{result.Files} 个均已装入）", $"nothing new: all {result.Files} files were loaded before"));
            Answers(speaker, result, workspace);
            return;
        }
        var rows = result.RowsIn.ToString("N0", CultureInfo.InvariantCulture);
        speaker.Say(
            new(
                $"收到 {result.New} 个新文件，{rows} 行；{result.Refused} 个文件未能读入；错误 {result.Errors} 处，需说明 {result.Warnings} 处",
                $"{result.New} new files, {rows} rows; {result.Refused} files could not be read in; {result.Errors} errors, {result.Warnings} warnings"
            )
        );
        foreach (var finding in result.Findings.Where(f => f.Severity == Severity.Error).Take(FindingsShown))
            speaker.Line(FindingText.Line(finding, speaker.Language));
        if (result.Errors > FindingsShown)
            speaker.Say(
                new($"……其余 {result.Errors - FindingsShown} 处错误见审核清单", $"… {result.Errors - FindingsShown} more errors in the list of findings")
            );
        Warnings(speaker, result);
        if (result.Decisions is { Came: > 0, Hold: var hold, Came: var came })
            speaker.Say(
                hold == came
                    ? new($"审核意见 {came} 项，均已生效", $"{came} decisions on findings, all hold")
                    : new(
                        $"审核意见 {came} 项，生效 {hold} 项；其余所指的文件或问题不存在或已改正，请用 innovation review 另出清单",
                        $"{came} decisions on findings, {hold} hold; the others speak of a file or a finding that is not there or has been mended: make a new list with innovation review"
                    )
            );
        if (result.Total > 0)
            speaker.Say(new($"审核清单：{FindingsFile.PathIn(workspace)}", $"list of findings: {FindingsFile.PathIn(workspace)}"));
        Answers(speaker, result, workspace);
    }

    /// <summary>What is asked about, in words: the most frequent kinds, each with an example.</summary>
    private static void Warnings(Speaker speaker, LoadResult result)
    {
        if (result.WarningKinds.Count == 0)
            return;
        speaker.Say(new("需说明的主要问题：", "what is asked about most:"));
        foreach (var (first, count) in result.WarningKinds.Take(KindsShown))
        {
            var example = FindingText.Line(first, speaker.Language).TrimStart();
            speaker.Say(count == 1 ? new($"  1 处 {example}", $"  once {example}") : new($"  {count} 处，如 {example}", $"  {count} times, first {example}"));
        }
        if (result.WarningKinds.Count > KindsShown)
            speaker.Say(
                new(
                    $"  ……另有 {result.WarningKinds.Count - KindsShown} 类，{result.WarningKinds.Skip(KindsShown).Sum(k => k.Count)} 处",
                    $"  … {result.WarningKinds.Skip(KindsShown).Sum(k => k.Count)} more of {result.WarningKinds.Count - KindsShown} other kinds"
                )
            );
    }

    /// <summary>Says how many files were answered.</summary>
    public static void Answers(Speaker speaker, LoadResult result, Workspace workspace)
    {
        if (result.Answers == 0)
            return;
        speaker.Say(
            new(
                $"已写出 {result.Answers} 份回执（问题单元格已加批注，附审核意见表）：{workspace.Feedback}",
                $"{result.Answers} answers written (comments on the faulty cells, a list of findings): {workspace.Feedback}"
            )
        );
    }
}
