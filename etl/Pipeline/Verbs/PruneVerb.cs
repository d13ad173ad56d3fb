using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>prune</c>: remove what is kept no longer.</summary>
internal static class PruneVerb
{
    public static Command Command()
    {
        var only = new Option<bool>("--dry-run") { Description = "只列出，不删除 / tell and remove nothing" };
        var archived = new Option<string?>("--archived")
        {
            Description =
                "收到的文件超过 Retention:ReceivedYears 年、且在此备份中核对无误的，删去本地副本 / also received files older than Retention:ReceivedYears that this folder of backups has whole",
            HelpName = "DIR",
        };
        var command = new Verb(
            "prune",
            """
            按 innovation.json 的 Retention 清理：多余的版本、报告和发布数据。现行版本和经批准的从不删去；收到的文件只在备份中逐一核对无误后才删本地副本。
            Remove what section Retention of innovation.json keeps no longer: releases, reports, published data. What is in force or approved stays; a
            received file goes only where a backup has it, read and found whole.
            """,
            """
            innovation prune --dry-run
            innovation prune --archived /backup/kjcx
            """
        )
        {
            only,
            archived,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) => Prune(session, parse.GetValue(only), parse.GetValue(archived) is { } folder ? Path.GetFullPath(folder) : null),
                    cancel
                )
        );
        return command;
    }

    private static int Prune(Session session, bool only, string? archived)
    {
        var (speaker, retention) = (session.Speaker, Retention.Of(session.Configuration));
        if (archived is not null && retention.ReceivedYears is null)
            throw new UsageException(
                new(
                    "没有说明收到的文件在本地保留几年：请在 innovation.json 写 \"Retention\": { \"ReceivedYears\": 10 }",
                    "nothing says for how many years received files are kept here: write \"Retention\": { \"ReceivedYears\": 10 } in innovation.json"
                )
            );
        using var writer = session.Write();
        var pruning = new Pruning(session.Workspace, retention, session.Clock);
        var gone = speaker.WithProgress(
            new("清理", "pruning"),
            _ => (IReadOnlyList<Pruned>)[.. archived is null ? [] : pruning.Received(archived, only), .. pruning.Run(only)]
        );
        foreach (var one in gone)
            speaker.Say(
                new($"  {Kind(one.What).Zh} {one.Name}（{Mebibytes(one.Bytes)} MiB）", $"  {Kind(one.What).En} {one.Name} ({Mebibytes(one.Bytes)} MiB)")
            );
        var all = Mebibytes(gone.Sum(g => g.Bytes));
        speaker.Say(
            gone.Count == 0 ? new("没有需要清理的", "there is nothing to remove")
            : only ? new($"可删去 {gone.Count} 项，{all} MiB；什么都没有删", $"{gone.Count} things of {all} MiB may go; nothing was removed")
            : new($"已删去 {gone.Count} 项，{all} MiB", $"removed {gone.Count} things of {all} MiB")
        );
        speaker.Answer(new { removed = !only, pruned = gone });
        return ExitCode.Done;
    }

    private static Text Kind(string what) =>
        what switch
        {
            "release" => new("版本", "release"),
            "report" => new("报告", "report"),
            "published" => new("发布数据", "published data"),
            _ => new("收到的文件", "received file"),
        };

    private static string Mebibytes(long bytes) => (bytes / 1048576m).ToString("0.0", CultureInfo.InvariantCulture);
}
