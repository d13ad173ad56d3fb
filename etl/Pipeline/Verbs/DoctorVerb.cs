using System.CommandLine;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Publishing.Charts;
using Innovation1551.Publishing.Formats;
using Innovation1551.Returns.Landing;
using Innovation1551.Returns.Receiving;
using Innovation1551.Service.Workers;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>doctor</c>: is this machine fit for the work.</summary>
internal static class DoctorVerb
{
    private const long SpaceWanted = 2L << 30;

    /// <param name="IsNeeded">The program can do its work only with it.</param>
    private sealed record Check(string Name, bool Ok, Text Says, bool IsNeeded = true);

    public static Command Command()
    {
        var deep = new Option<bool>("--deep")
        {
            Description = "逐字节核对工作区：发布版本、指针、landing、存档 / check every byte of the workspace: releases, pointer, landing, archive",
        };
        var command = new Verb(
            "doctor",
            """
            体检：字体、磁盘空间、权限、编码、数据库引擎与版本。
            Is this machine fit: fonts, space, permissions, encodings, engine and versions.
            """,
            """
            innovation doctor
            innovation doctor --deep
            """
        )
        {
            deep,
        };
        command.SetAction((parse, cancel) => Session.Run(parse, (session, _) => Examine(session, parse.GetValue(deep)), cancel, Needs.WorkspaceIfNamed));
        return command;
    }

    private static int Examine(Session session, bool deep)
    {
        List<Check> checks = [Writable(session), Space(session), Engine(), Font(), Formats(), Encodings(), Definitions(session), .. Limits(session)];
        if (deep && session.Workspace.IsThere)
            checks.AddRange(Deep(session));
        var speaker = session.Speaker;
        speaker.Say(new($"innovation {Session.Version}，.NET {Environment.Version}", $"innovation {Session.Version}, .NET {Environment.Version}"));
        foreach (var check in checks)
            speaker.Line($"  {(check.Ok ? "✓" : check.IsNeeded ? "✗" : "–")} {check.Says.In(speaker.Language)}");
        speaker.Answer(
            new
            {
                version = Session.Version,
                dotnet = Environment.Version.ToString(),
                checks = checks.Select(c => new
                {
                    c.Name,
                    c.Ok,
                    c.Says,
                }),
            }
        );
        return checks.All(c => c.Ok || !c.IsNeeded) ? ExitCode.Done : ExitCode.DataErrors;
    }

    private static Check Writable(Session session)
    {
        if (!session.Workspace.IsThere)
            return new("workspace", true, new($"还没有工作区 {session.Workspace.Root}", $"there is no workspace {session.Workspace.Root} yet"));
        try
        {
            session.Workspace.Make();
            return new("workspace", true, new($"工作区可写：{session.Workspace.Root}", $"the workspace can be written: {session.Workspace.Root}"));
        }
        catch (FolderRefusedException e)
        {
            return new("workspace", false, e.Problem);
        }
    }

    /// <summary>Every byte that was received or published against its digest.</summary>
    private static IEnumerable<Check> Deep(Session session)
    {
        var (workspace, store) = (session.Workspace, new ReleaseStore(session.Workspace.Releases));
        yield return store.PointerFault is { } pointer
            ? new("pointer", false, pointer)
            : new("pointer", true, new("指针 CURRENT 完好", "the pointer CURRENT is sound"));
        foreach (var id in store.Ids)
        {
            var faults = ReleaseVerifier.Verify(Path.Combine(workspace.Releases, id), workspace.Scratch, id);
            yield return faults.Count == 0
                ? new("release", true, new($"发布版本 {id} 与清单一致", $"release {id} is as its manifest says"))
                : new("release", false, ReleaseFolder.Refusal(id, null, faults).Problem);
        }
        // A writer at work breaks the seal and closes the store again.
        using (session.Write())
            yield return LandingSeal.Examine(workspace.Landing) is { } landing
                ? new(
                    "landing",
                    false,
                    new(
                        $"{landing.Zh}；innovation build 会将其移到一旁并由存档重建",
                        $"{landing.En}; innovation build sets it aside and makes it again from the archive"
                    )
                )
                : new("landing", true, new("landing.duckdb 与上次写入后一致", "landing.duckdb is what was written last"));
        var archive = new Archive(workspace.Received, session.Clock, long.MaxValue);
        var decayed = archive.Decayed().Select(r => ReceivingFindings.Decayed(r.Name, r.Sha256)).ToList();
        foreach (var finding in decayed)
            yield return new(
                "archive",
                false,
                new($"{finding.File}：{finding.Problem.Zh}；{finding.Remedy.Zh}", $"{finding.File}: {finding.Problem.En}; {finding.Remedy.En}")
            );
        if (decayed.Count == 0)
            yield return new(
                "archive",
                true,
                new($"存档的 {archive.Receipts.Count} 个文件与收到时一致", $"the {archive.Receipts.Count} archived files are as they were received")
            );
    }

    private static Check Space(Session session)
    {
        var free = new DriveInfo(Directory.Exists(session.Workspace.Root) ? session.Workspace.Root : "/").AvailableFreeSpace;
        var gib = (free / (decimal)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture);
        return new("space", free >= SpaceWanted, new($"可用磁盘空间 {gib} GiB（建议不少于 2）", $"free disk space {gib} GiB (2 or more are wanted)"));
    }

    private static Check Engine()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var version = connection.Scalar<string>("select version()");
        var extensions = connection.Scalar<string>("select string_agg(extension_name, ', ' order by extension_name) from duckdb_extensions() where loaded");
        var ok = extensions!.Contains("json", StringComparison.Ordinal) && extensions.Contains("parquet", StringComparison.Ordinal);
        return new("engine", ok, new($"DuckDB {version}（{extensions}）", $"DuckDB {version} ({extensions})"));
    }

    private static Check Font()
    {
        var ok = ChartFont.Regular.ContainsGlyphs("研发投入强度年度报告2024—2028 亿元%");
        return new("font", ok, ok ? new("图表字体含中文", "the charts' font has Chinese") : new("图表字体缺少中文", "the charts' font lacks Chinese"));
    }

    private static Check Formats()
    {
        var left = ReportFormats.All.Select(f => f.Missing).OfType<Text>().ToArray();
        var names = string.Join(", ", ReportFormats.Ready.Select(f => f.Name));
        return left.Length == 0
            ? new("formats", true, new($"报告格式：{names}", $"formats of the report: {names}"))
            : new("formats", false, new(string.Concat(left.Select(m => m.Zh)), string.Concat(left.Select(m => m.En))), IsNeeded: false);
    }

    /// <summary>What the system would keep the service's workers from; none is needed, each makes it safer.</summary>
    private static IEnumerable<Check> Limits(Session session)
    {
        if (!session.Workspace.IsThere)
            return [];
        var scratch = Path.Combine(session.Workspace.Scratch, $"doctor-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        Directory.CreateDirectory(scratch);
        try
        {
            return
            [
                .. new Confinement(session.Workspace.Releases, scratch, []).Layers.Select(l =>
                    l.IsOn
                        ? new Check("confinement " + l.Name, true, new($"隔离 {l.Name}：{l.Does.Zh}", $"confinement {l.Name}: {l.Does.En}"), IsNeeded: false)
                        : new(
                            "confinement " + l.Name,
                            false,
                            new($"没有隔离 {l.Name}（{l.Does.Zh}）", $"no confinement {l.Name} ({l.Does.En})"),
                            IsNeeded: false
                        )
                ),
            ];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Check Encodings()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var wanted = (string[])["gb18030", "big5", "shift_jis"];
        var ok = wanted.All(n => CodePagesEncodingProvider.Instance.GetEncoding(n) is not null);
        return new("encodings", ok, new($"编码：{string.Join("、", wanted)}", $"encodings: {string.Join(", ", wanted)}"));
    }

    private static Check Definitions(Session session)
    {
        var count = ModelGraph.Of(session.Definitions).Ordered.Length;
        return new("definitions", true, new($"{count} 个模型可解析", $"{count} models parse"));
    }
}
