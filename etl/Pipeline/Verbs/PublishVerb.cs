using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>publish</c>: the data of a release for others, as canonical Parquet or as SDMX.</summary>
internal static class PublishVerb
{
    public static Command Command()
    {
        var to = new Option<string>("--to")
        {
            Description = "parquet：全部表；sdmx：发布数字及其结构 / parquet: every table; sdmx: the published figures and their structure",
            HelpName = string.Join('|', Publication.Formats),
            Required = true,
        };
        to.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var named }] && !Publication.Formats.Contains(named))
                result.AddError(
                    $"没有格式“{named}”，现有：{string.Join("、", Publication.Formats)} / there is no format \"{named}\"; there are: {string.Join(", ", Publication.Formats)}"
                );
        });
        var release = Verb.Release();
        var output = new Option<string?>("--out")
        {
            Description = "写到工作区以外的文件夹（默认为工作区的 published/） / a folder outside the workspace (default: published/ in it)",
            HelpName = "DIR",
        };
        var command = new Verb(
            "publish",
            """
            把一个发布版本的数据交给他人：规范的 Parquet（每表一个文件，按主键排序，附 datapackage.json）或 SDMX（CSV 2.0、JSON 2.0 及结构）。
            Parquet 含各单位的全部数据，只给可查阅该版本的人；SDMX 只含发布数字。写完读回，与版本逐行核对后才换上；已在且完好的不再写。
            随后的 innovation sign 一并签署。--out 使数据离开工作区，须先通过发布前检查（checklist）中与数据有关的各项。
            Hand out the data of a release: canonical Parquet (a file for each table, in the order of its key, with datapackage.json) or SDMX
            (CSV 2.0, JSON 2.0 and the structure). Parquet holds every enterprise's data and is for whoever may read the release; SDMX holds the
            published figures alone. What was written is read back and held against the release before it is put in place; what
            lies there whole is left alone. innovation sign then signs it too. By --out data leave the workspace: what the checklist asks of data
            must hold first.
            """,
            """
            innovation publish --to parquet
            innovation publish --to sdmx --release r0001
            innovation publish --to parquet --out /srv/data
            """
        )
        {
            to,
            release,
            output,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(parse, (session, token) => Publish(session, parse.GetValue(to)!, parse.GetValue(release)!, parse.GetValue(output), token), cancel)
        );
        return command;
    }

    private static int Publish(Session session, string format, string name, string? output, CancellationToken cancel)
    {
        var (workspace, speaker) = (session.Workspace, session.Speaker);
        var root = output is null ? workspace.Published : Path.GetFullPath(output);
        if (output is not null && (root + Path.DirectorySeparatorChar).StartsWith(workspace.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new UsageException(new("--out 应在工作区之外", "--out lies outside the workspace"));
        using var writer = session.Write();
        using var opened = session.Open(name);
        // What lies in the workspace has left no house: sign asks for all of the checklist before it does.
        if (output is not null && !ChecklistVerb.Holds(session, opened, withReports: false))
            return ExitCode.DataErrors;
        var id = opened.Manifest.Id;
        var published = speaker.WithProgress(
            new($"发布 {id}", $"publishing {id}"),
            progress =>
                Publication.Make(
                    opened.Connection,
                    opened.Manifest,
                    format,
                    root,
                    isInForce: new ReleaseStore(workspace.Releases).Current == id,
                    progress,
                    cancel
                )
        );
        foreach (var fault in published.Damage)
            speaker.Complain(fault);
        var mebibytes = (published.Bytes / 1048576m).ToString("0.0", CultureInfo.InvariantCulture);
        speaker.Say(
            (published.IsNew, published.Damage.Count) switch
            {
                (false, _) => new($"{published.Folder} 已在且完好，无事可做", $"{published.Folder} is there and whole: nothing to do"),
                (true, 0) => new(
                    $"{id} 已发布到 {published.Folder}：{published.Files} 个文件，{mebibytes} MiB，读回与版本相符",
                    $"published {id} to {published.Folder}: {published.Files} files, {mebibytes} MiB, read back and as the release has them"
                ),
                _ => new($"{published.Folder} 已重新写出", $"{published.Folder} was made again"),
            }
        );
        speaker.SayWhetherSynthetic(opened.Manifest.IsSynthetic);
        speaker.Answer(
            new
            {
                Release = id,
                Format = format,
                published.Folder,
                published.IsNew,
                published.Files,
                published.Bytes,
                published.Damage,
            }
        );
        return ExitCode.Done;
    }
}
