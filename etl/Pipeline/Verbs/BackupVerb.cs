using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>backup</c> and <c>restore</c>: a workspace whole, checked.</summary>
internal static class BackupVerb
{
    public static Command Backup()
    {
        var to = new Option<string>("--to")
        {
            Description = "备份所在的文件夹，在工作区之外 / the folder of backups, outside the workspace",
            HelpName = "DIR",
            Required = true,
        };
        var keep = new Option<int?>("--keep") { Description = "只留最新的几份 / keep the newest N alone", HelpName = "N" };
        keep.Validators.Add(result =>
        {
            if (Misunderstood.Number<int>(result) < 1)
                result.AddError("--keep 应不小于 1 / --keep is at least 1");
        });
        var command = new Verb(
            "backup",
            """
            备份工作区：收到的文件、发布版本、报告、审批与记录；使用中也可备份，内容相同的文件只存一份，每份副本都读回核对。
            Back the workspace up: what was received, releases, reports, approvals, histories. Nobody has to stop for it; the same content is kept once, and
            each copy is read back.
            """,
            """
            innovation backup --to /backup/kjcx
            innovation backup --to /backup/kjcx --keep 30
            """
        )
        {
            to,
            keep,
        };
        command.SetAction(
            (parse, cancel) => Session.Run(parse, (session, token) => Take(session, Path.GetFullPath(parse.GetValue(to)!), parse.GetValue(keep), token), cancel)
        );
        return command;
    }

    public static Command Restore()
    {
        var from = new Option<string>("--from")
        {
            Description = "备份所在的文件夹 / the folder of backups",
            HelpName = "DIR",
            Required = true,
        };
        var name = new Option<string?>("--backup") { Description = "哪一份（默认最新） / which one (default the newest)", HelpName = "NAME" };
        var command = new Verb(
            "restore",
            """
            把备份恢复到空文件夹（--workspace），逐个核对内容；随后的 load 或 build 由收到的文件重建其余部分。
            Restore a backup into an empty folder (--workspace), each content checked; the next load or build makes the rest again from what was received.
            """,
            """
            innovation restore --from /backup/kjcx --workspace 恢复
            innovation restore --from /backup/kjcx --backup 20261129T120000000Z --workspace 恢复
            """
        )
        {
            from,
            name,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) => Return(session, Path.GetFullPath(parse.GetValue(from)!), parse.GetValue(name), token),
                    cancel,
                    Needs.Nothing
                )
        );
        return command;
    }

    private static int Take(Session session, string folder, int? keep, CancellationToken cancel)
    {
        var (workspace, speaker) = (session.Workspace, session.Speaker);
        if ((folder + Path.DirectorySeparatorChar).StartsWith(workspace.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new UsageException(new("备份应在工作区之外", "a backup lies outside the workspace"));
        session.Record();
        var backups = new Backups(folder);
        var taken = speaker.WithProgress(new("备份", "backing up"), progress => backups.Take(workspace, session.Clock, progress, cancel));
        var dropped = keep is { } newest ? backups.Keep(newest) : 0;
        var (files, fresh, bytes) = (taken.Backup.Files.Count, taken.New, (taken.NewBytes / 1048576m).ToString("0.0", CultureInfo.InvariantCulture));
        speaker.Say(
            new(
                $"备份 {taken.Backup.Name}：{files} 个文件，其中新内容 {fresh} 个（{bytes} MiB）{(dropped > 0 ? $"；删去 {dropped} 份旧的" : "")}",
                $"backup {taken.Backup.Name}: {files} files, {fresh} of them new ({bytes} MiB){(dropped > 0 ? $"; {dropped} old ones dropped" : "")}"
            )
        );
        foreach (var decayed in taken.Decayed)
            speaker.Complain(
                new(
                    $"{decayed} 已不是收到时的内容；备份照原样保存，请用 innovation doctor --deep 查看",
                    $"{decayed} is no longer what was received; it is in the backup as it is: see innovation doctor --deep"
                )
            );
        speaker.Answer(
            new
            {
                taken.Backup.Name,
                taken.Backup.Release,
                Files = files,
                NewFiles = fresh,
                taken.NewBytes,
                Dropped = dropped,
                taken.Decayed,
            }
        );
        return taken.Decayed.Count > 0 ? ExitCode.DataErrors : ExitCode.Done;
    }

    private static int Return(Session session, string folder, string? name, CancellationToken cancel)
    {
        var (workspace, speaker) = (session.Workspace, session.Speaker);
        var backup = speaker.WithProgress(new("恢复", "restoring"), progress => new Backups(folder).Restore(name, workspace.Root, progress, cancel));
        workspace.Make();
        var faults = backup.Release is { } id ? ReleaseVerifier.Verify(Path.Combine(workspace.Releases, id), workspace.Scratch, id) : [];
        if (faults.Count > 0)
            throw ReleaseFolder.Refusal(backup.Release!, null, faults);
        session.Record();
        speaker.Say(
            new(
                $"已由备份 {backup.Name} 恢复到 {workspace.Root}：{backup.Files.Count} 个文件{(backup.Release is null ? "" : $"，发布版本 {backup.Release} 核对无误")}",
                $"restored backup {backup.Name} into {workspace.Root}: {backup.Files.Count} files{(backup.Release is null ? "" : $"; release {backup.Release} is as its manifest says")}"
            )
        );
        speaker.Answer(
            new
            {
                backup.Name,
                backup.Release,
                Files = backup.Files.Count,
            }
        );
        return ExitCode.Done;
    }
}
