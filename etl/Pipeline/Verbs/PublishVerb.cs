using System.CommandLine;
using System.Globalization;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Releases;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>publish</c>: the data of a release for others, as canonical Parquet, as SDMX, or as tables in another engine.</summary>
internal static class PublishVerb
{
    /// <summary>Where each engine's connection string stands when the command line does not give it: in the environment, or in innovation.json.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal) { ["postgres"] = "Postgres", ["clickhouse"] = "ClickHouse" };

    private static IEnumerable<string> Targets => [.. Publication.Formats, .. EnginePublication.Engines];

    public static Command Command()
    {
        var to = new Option<string>("--to")
        {
            Description =
                "parquet：全部表；sdmx：发布数字及其结构；postgres、clickhouse：全部表及宽表装入该数据库 / parquet: every table; sdmx: the published figures and their structure; postgres, clickhouse: every table and wide view in that database",
            HelpName = string.Join('|', Targets),
            Required = true,
        };
        to.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var named }] && !Targets.Contains(named))
                result.AddError(
                    $"没有格式“{named}”，现有：{string.Join("、", Targets)} / there is no format \"{named}\"; there are: {string.Join(", ", Targets)}"
                );
        });
        var release = Verb.Release();
        var output = new Option<string?>("--out")
        {
            Description = "写到工作区以外的文件夹（默认为工作区的 published/） / a folder outside the workspace (default: published/ in it)",
            HelpName = "DIR",
        };
        var connection = new Option<string?>(Session.ConnectionOption)
        {
            Description =
                "数据库的连接字符串；不写则取环境变量 INNOVATION_POSTGRES 或 INNOVATION_CLICKHOUSE（命令行上的密码本机他人看得到） / connection string of the database; without it INNOVATION_POSTGRES or INNOVATION_CLICKHOUSE of the environment (others on the machine can see a password on a command line)",
            HelpName = "STRING",
        };
        var check = new Option<bool>("--check")
        {
            Description =
                "只查不写：postgres、clickhouse 中的该版本是否与此处完全相符 / write nothing: does postgres or clickhouse hold that release as it is here",
        };
        var command = new Verb(
            "publish",
            """
            把一个发布版本的数据交给他人：规范的 Parquet（每表一个文件，按主键排序，附 datapackage.json）或 SDMX（CSV 2.0、JSON 2.0 及结构）。
            Parquet 含各单位的全部数据，只给可查阅该版本的人；SDMX 只含发布数字。写完读回，与版本逐行核对后才换上；已在且完好的不再写。
            随后的 innovation sign 一并签署。--out 使数据离开工作区，须先通过发布前检查（checklist）中与数据有关的各项。
            postgres 把全部表和宽表连同主外键、中英文注释装入数据库：每版在自己的模式中（如 r0003_1a2b3c4d_core），核对行数、合计和每个数字后，
            core、fact、metric、published、seed 中的视图一次切换到当前版本；旧版本仍可查。clickhouse 同此，无外键；多台服务器写 Host=ch1,ch2;Cluster=名称，
            大表分布其上。均须先通过同样的检查。--check 重新清点其中的版本（行数、取值个数、合计、每个数字）及分析用的各表指向哪一版：不符则逐表说明，退出码 1。
            Hand out the data of a release: canonical Parquet (a file for each table, in the order of its key, with datapackage.json) or SDMX
            (CSV 2.0, JSON 2.0 and the structure). Parquet holds every enterprise's data and is for whoever may read the release; SDMX holds the
            published figures alone. What was written is read back and held against the release before it is put in place; what
            lies there whole is left alone. innovation sign then signs it too. By --out data leave the workspace: what the checklist asks of data
            must hold first.
            postgres loads every table and wide view into a database, with keys, references and comments in both languages: each release in schemas of
            its own (r0003_1a2b3c4d_core …); rows, sums and every figure are held against the release, and then the views in core, fact, metric,
            published and seed lead to the release in force, all at once. Earlier ones can still be read. clickhouse is the same without references;
            over several servers (Host=ch1,ch2;Cluster=NAME) large tables are spread.
            The same checklist must hold first. --check counts again what a database holds of the release (rows, values, sums, every figure) and sees where the
            names of analysts lead: what differs is told table by table, exit code 1.
            """,
            """
            innovation publish --to parquet
            innovation publish --to sdmx --release r0001
            innovation publish --to parquet --out /srv/data
            innovation publish --to postgres
            innovation publish --to postgres --connection "Host=db;Database=kjcx;Username=publisher;Passfile=/etc/innovation/pgpass"
            innovation publish --to clickhouse --release r0001
            innovation publish --to clickhouse --check
            """
        )
        {
            to,
            release,
            output,
            connection,
            check,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                        Act(
                            session,
                            parse.GetValue(to)!,
                            parse.GetValue(release)!,
                            parse.GetValue(output),
                            parse.GetValue(connection),
                            parse.GetValue(check),
                            token
                        ),
                    cancel
                )
        );
        return command;
    }

    private static int Act(Session session, string to, string release, string? output, string? connection, bool isCheck, CancellationToken cancel)
    {
        var (isEngine, engines) = (EnginePublication.Engines.Contains(to), EnginePublication.Engines);
        if (isEngine && output is not null)
            throw new UsageException(new($"--out 不用于 {to}", $"--out does not go with {to}"));
        if (!isEngine && connection is not null)
            throw new UsageException(new($"--connection 只用于 {string.Join("、", engines)}", $"--connection goes with {string.Join(", ", engines)} alone"));
        if (!isEngine && isCheck)
            throw new UsageException(
                new(
                    $"--check 只用于 {string.Join("、", engines)}；文件由 innovation verify 核对",
                    $"--check goes with {string.Join(", ", engines)} alone; files are checked by innovation verify"
                )
            );
        return isCheck ? Check(session, to, release, connection, cancel)
            : isEngine ? Load(session, to, release, connection, cancel)
            : Publish(session, to, release, output, cancel);
    }

    private static string Connection(Session session, string engine, string? given)
    {
        var setting = Settings[engine];
        return (given ?? session.Configuration[setting]) is { Length: > 0 } to
            ? to
            : throw new UsageException(
                new(
                    $"没有写明数据库：请设环境变量 INNOVATION_{setting.ToUpperInvariant()}，或用 --connection",
                    $"no database is named: set INNOVATION_{setting.ToUpperInvariant()} in the environment, or give --connection"
                )
            );
    }

    private static int Check(Session session, string engine, string name, string? connection, CancellationToken cancel)
    {
        var (speaker, to) = (session.Speaker, Connection(session, engine, connection));
        using var opened = session.Open(name);
        var id = opened.Manifest.Id;
        var found = speaker.WithProgress(
            new($"核对 {id}", $"checking {id}"),
            progress =>
                EnginePublication.Check(
                    opened.Connection,
                    opened.Manifest,
                    engine,
                    to,
                    isInForce: new ReleaseStore(session.Workspace.Releases).Current == id,
                    progress,
                    cancel
                )
        );
        foreach (var fault in found.Faults)
            speaker.Complain(fault);
        if (found.Faults.Count == 0)
        {
            var rows = found.Rows.ToString("N0", CultureInfo.InvariantCulture);
            speaker.Say(
                new(
                    $"{found.Place} 中的 {id} 与版本相符：{found.Tables} 个表，{rows} 行；分析用的各表指向 {found.Leads ?? "不止一版，或无"}",
                    $"{found.Place} holds {id} as the release has it: {found.Tables} tables, {rows} rows; the names that analysts use lead to {found.Leads ?? "several releases, or none"}"
                )
            );
        }
        speaker.SayWhetherSynthetic(opened.Manifest.IsSynthetic);
        speaker.Answer(
            new
            {
                Release = id,
                Engine = engine,
                found.Place,
                found.Leads,
                found.Tables,
                found.Rows,
                found.Faults,
            }
        );
        return found.Faults.Count == 0 ? ExitCode.Done : ExitCode.DataErrors;
    }

    private static int Load(Session session, string engine, string name, string? connection, CancellationToken cancel)
    {
        var (workspace, speaker, to) = (session.Workspace, session.Speaker, Connection(session, engine, connection));
        using var writer = session.Write();
        using var opened = session.Open(name);
        if (!ChecklistVerb.Holds(session, opened, withReports: false))
            return ExitCode.DataErrors;
        var id = opened.Manifest.Id;
        var done = speaker.WithProgress(
            new($"发布 {id}", $"publishing {id}"),
            progress =>
                EnginePublication.Make(
                    opened.Connection,
                    opened.Manifest,
                    engine,
                    to,
                    isInForce: new ReleaseStore(workspace.Releases).Current == id,
                    progress,
                    cancel
                )
        );
        var rows = done.Rows.ToString("N0", CultureInfo.InvariantCulture);
        speaker.Say(
            done switch
            {
                { IsNew: true } => new(
                    $"{id} 已发布到 {done.Place}：{done.Tables} 个表，{rows} 行，行数、合计与每个数字均与版本相符",
                    $"published {id} to {done.Place}: {done.Tables} tables, {rows} rows; rows, sums and every figure are as the release has them"
                ),
                { IsTurned: false } => new($"{id} 已在 {done.Place} 且完好，无事可做", $"{id} is in {done.Place} and whole: nothing to do"),
                _ => new($"{id} 已在 {done.Place} 且完好", $"{id} is in {done.Place} and whole"),
            }
        );
        if (done.IsTurned)
            speaker.Say(new($"分析用的各表现在指向 {id}", $"the names that analysts use lead to {id} now"));
        foreach (var note in done.Notes)
            speaker.Complain(note);
        speaker.SayWhetherSynthetic(opened.Manifest.IsSynthetic);
        speaker.Answer(
            new
            {
                Release = id,
                Engine = engine,
                done.Place,
                done.IsNew,
                done.IsTurned,
                done.Tables,
                done.Rows,
                done.Notes,
            }
        );
        return ExitCode.Done;
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
