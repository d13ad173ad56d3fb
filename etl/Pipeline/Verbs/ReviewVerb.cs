using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Forms;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Receiving;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>review</c>: what is to be decided, as a list that comes back through the inbox.</summary>
internal static class ReviewVerb
{
    public static Command Command()
    {
        var by = new Option<string?>("--by") { Description = "审核人：填入各行，日期为今天 / who decides: filled in with today's date", HelpName = "NAME" };
        var enterprise = new Option<string?>("--enterprise")
        {
            Description = "只列名称或代码含此内容的单位 / only enterprises whose name or code contains this",
            HelpName = "TEXT",
        };
        var csv = new Option<bool>("--csv") { Description = "另存为 CSV，一类一个文件 / write CSV too, a file for each kind" };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "清单文件（默认工作区 review/ 下，以日期命名） / the list (default: in the workspace's review/, named by the day)",
            HelpName = "FILE",
        };
        var command = new Verb(
            "review",
            """
            列出待定事项：没有说明的问题、尚未判定的说明、数据更正、绩效评价申诉；意见从下拉列表选择，填好后放入 inbox，下次 run 起生效。
            List what is to be decided: findings without explanation, explanations not judged, corrections, appeals. Choose the decisions, put the
            workbook into the inbox, and they hold from the next run on.
            """,
            """
            innovation review
            innovation review --by 李审核 --output 审核.xlsx
            innovation review --enterprise 示例集团 --csv
            innovation review --json
            innovation sql "select enterprise_name, form, field, explanation, decision, decided_by from published.review_wide"
            """
        )
        {
            by,
            enterprise,
            csv,
            output,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                        List(session, parse.GetValue(by)?.Trim(), parse.GetValue(enterprise), parse.GetValue(csv), parse.GetValue(output), token),
                    cancel
                )
        );
        return command;
    }

    private static int List(Session session, string? by, string? enterprise, bool csv, string? output, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        var today = session.Today;
        var path = output is null ? Free(session.Workspace.Review, today) : Path.GetFullPath(output);
        // It may have been filled in.
        if (File.Exists(path))
            throw new UsageException(
                new($"{path} 已存在，可能已填写，不覆盖；请另指定文件", $"{path} exists and may have been filled in; it is not overwritten: name another file")
            );
        using var writer = session.Write();
        // What the rules find hangs on the definitions, which may have changed since the last load.
        speaker.WithProgress(new("更新", "bringing up to date"), progress => LoadVerb.For(session).Load([], progress, cancel, tell: false));
        using var matters = OpenMatters.Open(session.Workspace.Landing, session.Workspace.Scratch);
        var folder = Path.GetDirectoryName(path)!;
        var desk = new ReviewDesk(
            session.Workspace,
            new Archive(session.Workspace.Received, session.Clock, long.MaxValue),
            today,
            string.IsNullOrEmpty(by) ? null : by
        );
        var open = OpenMatters.Forms.Select(form => (Form: form, Matters: matters.On(form).Where(m => IsOf(m, enterprise)).ToList())).ToList();
        var lists = open.Where(o => o.Matters.Count > 0)
            .Select(o =>
                (
                    o.Form,
                    Rows: (IReadOnlyList<IReadOnlyDictionary<string, object?>>)
                        [.. o.Matters.Take(ReviewDesk.MostListed).Select(m => desk.Row(o.Form, m, folder))]
                )
            )
            .ToList();
        List<string> files = [];
        if (lists.Count > 0)
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(path, stream => DecisionWorkbook.Write(stream, lists, today, new CodeLists(session.Definitions), matters.IsSynthetic));
            files.Add(path);
        }
        foreach (var (form, rows) in csv ? lists : [])
        {
            files.Add(Path.ChangeExtension(path, null) + $"-{form.Id}.csv");
            WholeFile.Write(files[^1], stream => stream.Write(DecisionWorkbook.Csv(form, rows, today.Year)));
        }
        Tell(speaker, open, files, matters.Unlisted);
        speaker.Answer(
            new
            {
                open = open.ToDictionary(o => o.Form.Id, o => o.Matters.Count, StringComparer.Ordinal),
                not_listed = matters.Unlisted,
                files,
                matters = open.SelectMany(o =>
                    o.Matters.Select(m => new
                    {
                        form = o.Form.Id,
                        m.Place,
                        m.Values,
                    })
                ),
            }
        );
        return ExitCode.Done;
    }

    private static void Tell(Speaker speaker, List<(Form Form, List<OpenMatter> Matters)> open, List<string> files, long unlisted)
    {
        var explained = open[0].Matters.Count(m => m.Values.GetValueOrDefault("explanation") is not null);
        speaker.Say(
            files.Count == 0
                ? new("没有待定事项", "nothing is to be decided")
                : new(
                    $"待定：尚未判定的说明 {explained} 项，没有说明的问题 {open[0].Matters.Count - explained} 项，数据更正 {open[1].Matters.Count} 项，绩效评价申诉 {open[2].Matters.Count} 项",
                    $"to be decided: {explained} explanations, {open[0].Matters.Count - explained} findings without one, {open[1].Matters.Count} corrections, {open[2].Matters.Count} appeals"
                )
        );
        if (open.Any(o => o.Matters.Count > ReviewDesk.MostListed))
            speaker.Say(
                new(
                    $"每类最多列 {ReviewDesk.MostListed} 项，其余在判定之后的清单中",
                    $"at most {ReviewDesk.MostListed} of a kind are listed; the others stand in the list after this one"
                )
            );
        if (unlisted > 0)
            speaker.Say(
                new(
                    $"另有 {unlisted} 处同类问题只计数，须由填报单位改正或说明",
                    $"{unlisted} more of a kind are counted only: the respondent mends or explains them"
                )
            );
        foreach (var file in files)
            speaker.Say(new($"清单：{file}", $"list: {file}"));
        if (files.Count > 0)
            speaker.Say(
                new(
                    "填好后放入 inbox 并运行 innovation run；未填的行不计入",
                    "fill it in, put it into the inbox and run innovation run; rows left blank are passed over"
                )
            );
    }

    private static bool IsOf(OpenMatter matter, string? enterprise) =>
        enterprise is null
        || ((string[])["enterprise_name", "enterprise_code"]).Any(f =>
            matter.Values.GetValueOrDefault(f) is string text && text.Contains(enterprise, StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>A name of the day that no list has yet.</summary>
    private static string Free(string folder, DateOnly day) =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(n =>
                Path.Combine(
                    folder,
                    $"待定事项-{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(n == 1 ? "" : "-" + n.ToString(CultureInfo.InvariantCulture))}.xlsx"
                )
            )
            .First(path => !File.Exists(path));
}
