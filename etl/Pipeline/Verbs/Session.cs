using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Jobs;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading;
using Innovation1551.Returns.Sheets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Innovation1551.Pipeline.Verbs;

/// <summary>What every verb works with: the workspace, the configuration, the voice, the clock.</summary>
public sealed class Session
{
    public static readonly Option<string?> WorkspaceOption = new("--workspace", "-w")
    {
        Description = "工作区文件夹（默认 ./workspace） / workspace folder (default ./workspace)",
        Recursive = true,
        HelpName = "DIR",
    };
    public static readonly Option<bool> JsonOption = new("--json") { Description = "以 JSON 输出 / answer in JSON", Recursive = true };
    public static readonly Option<string?> LangOption = new("--lang")
    {
        Description = "zh 或 en（默认随系统语言） / zh or en (default: the locale's)",
        Recursive = true,
        HelpName = "zh|en",
        Validators = { Languages.RefuseOthers },
    };
    public static readonly Option<string?> DefinitionsOption = new("--definitions")
    {
        Description = "以此文件夹中的模型与代码表替换内置的 / a folder whose models and seed tables replace the shipped ones",
        Recursive = true,
        HelpName = "DIR",
    };

    /// <summary>The option whose value may hold a password: it stands in no history.</summary>
    public const string ConnectionOption = "--connection";

    private readonly string _verb;
    private readonly IReadOnlyList<string> _arguments;

    /// <summary>The job that this run is; null where a person started it.</summary>
    private readonly string? _job = Environment.GetEnvironmentVariable(JobRunner.Variable) is { Length: > 0 } job ? job : null;
    private string? _recorded;

    private Session(IHost host, Workspace workspace, Speaker speaker, string? definitions, ParseResult parse)
    {
        _verb = parse.CommandResult.Command.Name;
        _arguments = [.. parse.Tokens.Select((t, i) => i > 0 && parse.Tokens[i - 1].Value == ConnectionOption ? "***" : Secrets.Hide(t.Value))];
        Host = host;
        Workspace = workspace;
        Speaker = speaker;
        _definitionsFolder = definitions;
        _steps = new(Log("steps"));
        _export = TelemetryExport.Start(Configuration);
    }

    private readonly string? _definitionsFolder;
    private readonly StepLog _steps;
    private readonly TelemetryExport? _export;

    public IHost Host { get; }
    public Workspace Workspace { get; }
    public Speaker Speaker { get; }
    public IConfiguration Configuration => Host.Services.GetRequiredService<IConfiguration>();
    public TimeProvider Clock => Host.Services.GetRequiredService<TimeProvider>();
    public ReadOptions ReadOptions => new() { Limits = Configuration.GetSection("Limits").Get<ReadLimits>() ?? new() };

    /// <summary>The version of this program.</summary>
    public static string Version => typeof(Session).Assembly.GetName().Version!.ToString(3);

    /// <summary>The day, where the program runs.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetLocalNow().DateTime);

    /// <summary>The definitions in force. Parsed once a run.</summary>
    public Definitions Definitions => field ??= Definitions.Load(_definitionsFolder);

    public ILogger Log(string category) => Host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    /// <summary>Runs a verb's work and turns what can go wrong into exit codes and messages.</summary>
    /// <param name="needs">What must be there before anything is done: a slip of the pen must not leave a workspace behind.</param>
    public static async Task<int> Run(ParseResult parse, Func<Session, CancellationToken, int> work, CancellationToken cancel, Needs needs = Needs.Workspace)
    {
        var language = Languages.Choose(parse.GetValue(LangOption));
        var speaker = new Speaker(language, parse.GetValue(JsonOption), Console.Out, Console.Error);
        Session? session = null;
        Activity? step = null;
        var code = await Guarded();
        session?.End(code);
        step?.SetTag("exit_code", code).Dispose();
        session?.Dispose();
        return code;

        async Task<int> Guarded()
        {
            try
            {
                session = Begin(parse, speaker);
                step = Telemetry.Step($"innovation {session._verb}", Environment.GetEnvironmentVariable(Telemetry.ParentVariable));
                step?.SetTag("version", Version).SetTag("job", session._job);
                if (needs == Needs.Workspace || needs == Needs.WorkspaceIfNamed && parse.GetValue(WorkspaceOption) is not null)
                    session.Workspace.Demand();
                if (session._job is not null)
                    session.Record();
                return await Task.Run(() => work(session, cancel), CancellationToken.None);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                speaker.Complain(new("已中断；已完成的部分不受影响，再次运行即可继续", "interrupted; what was finished stands, run again to go on"));
                return 130;
            }
            catch (Exception e) when (session is not null && e is not EngineFullException && DiskFull.Is(e))
            {
                // Before all other faults: a full disk comes dressed as a failed model or a broken transaction.
                session.Log("innovation").LogError(e, "space");
                var (folder, needed) = (session.Workspace.Root, Mebibytes(session.Workspace.SpaceNeeded()));
                speaker.Complain(
                    new(
                        $"{folder} 空间不足（剩余 {Mebibytes(new DriveInfo(folder).AvailableFreeSpace)} MiB，约需 {needed} MiB）：{e.GetBaseException().Message.ReplaceLineEndings(" ")}。此前收到的文件和发布版本均完好；请腾出空间后再次运行",
                        $"no space in {folder} ({Mebibytes(new DriveInfo(folder).AvailableFreeSpace)} MiB free, about {needed} MiB needed): {e.GetBaseException().Message.ReplaceLineEndings(" ")}. What was received and published before is whole; make room and run again"
                    )
                );
                return ExitCode.Usage;
            }
            catch (Refusal e)
            {
                speaker.Complain(e.Problem);
                return e.ExitCode;
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                session?.Log("innovation").LogError(e, "files");
                speaker.Complain(new($"无法读写文件：{e.Message}", $"a file cannot be read or written: {e.Message}"));
                return ExitCode.Usage;
            }
            catch (Exception e)
            {
                session?.Log("innovation").LogError(e, "bug");
                speaker.Complain(
                    new(
                        $"程序内部错误：{e.Message}（详见 {session?.Workspace.Logs}）",
                        $"a bug in the program: {e.Message} (stack trace in {session?.Workspace.Logs})"
                    )
                );
                return ExitCode.Bug;
            }
        }
    }

    private static string Mebibytes(long bytes) => (bytes >> 20).ToString("N0", CultureInfo.InvariantCulture);

    private static Session Begin(ParseResult parse, Speaker speaker)
    {
        var workspace = Workspace.At(parse.GetValue(WorkspaceOption));
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var settings = Path.Combine(workspace.Root, "innovation.json");
        try
        {
            builder.Configuration.AddJsonFile(settings, optional: true).AddEnvironmentVariables("INNOVATION_");
        }
        catch (InvalidDataException e)
        {
            var (reason, line) = (e.InnerException?.InnerException ?? e.InnerException ?? e, (e.InnerException?.InnerException as JsonException)?.LineNumber);
            throw new UsageException(new($"不是 JSON：{reason.Message}", $"it is no JSON: {reason.Message}"))
            {
                File = settings,
                Place = (line + 1)?.ToString(CultureInfo.InvariantCulture),
            };
        }
        builder.Services.AddSingleton(TimeProvider.System);
        var retention = Retention.Of(builder.Configuration);
        builder.Logging.ClearProviders().AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddProvider(new FileLog(workspace.Logs, TimeProvider.System, retention.LogDays));
        return new(builder.Build(), workspace, speaker, parse.GetValue(DefinitionsOption), parse);
    }

    private void Dispose()
    {
        _steps.Dispose();
        _export?.Dispose();
        Host.Dispose();
    }

    /// <summary>Opens a release; says where another stands in for the one that the pointer should name.</summary>
    /// <exception cref="ReleaseException">There is no such release, or it is not what was published.</exception>
    /// <param name="beside">Other releases to be read in the same queries.</param>
    public OpenRelease Open(string name, params IReadOnlyList<string> beside)
    {
        var operations = beside.Contains(Operations.Name) ? Path.Combine(Workspace.Scratch, $"operations-{Environment.ProcessId}.duckdb") : null;
        if (operations is not null)
            Operations.Write(Workspace.Root, operations);
        var release = OpenRelease.Of(
            new ReleaseStore(Workspace.Releases),
            name,
            Workspace.Scratch,
            null,
            operations,
            [.. beside.Where(b => b != Operations.Name)]
        );
        // Open as it is, it is read to the end; its name is given back at once.
        if (operations is not null && !OperatingSystem.IsWindows())
            File.Delete(operations);
        if (release.Notice is { } notice)
            Speaker.Complain(notice);
        return release;
    }

    /// <summary>The folders, made where they are absent, and the lock of the one writer.</summary>
    public WriterLock Write()
    {
        if (!Workspace.IsThere && Workspace.Near is { } near)
            Speaker.Complain(
                new(
                    $"新建工作区 {Workspace.Root}；旁边另有 {near}，如系笔误请删去新建的",
                    $"a new workspace {Workspace.Root} is made; there is also {near} beside it: remove the new one if that was meant"
                )
            );
        var writer = WriterLock.Take(Workspace.Make());
        Record();
        return writer;
    }

    public RunHistory Runs => new(Workspace, Clock);

    /// <summary>Has this run stand in the history: those that write, and whatever a job does.</summary>
    public void Record() => _recorded ??= Runs.Start(_verb, _arguments, _job);

    private void End(int code)
    {
        try
        {
            if (_recorded is not null)
                Runs.End(_recorded, code);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Refusal)
        {
            // What was done stands; a full disk has been told already.
            Log("innovation").LogError(e, "history");
        }
    }
}

/// <summary>What a verb finds or makes: a workspace that must be there, one that must be there if it was named, or none.</summary>
public enum Needs
{
    Workspace,
    WorkspaceIfNamed,
    Nothing,
}

/// <summary>The command line asks for something that cannot be: exit code 2.</summary>
public sealed class UsageException(Text problem) : Refusal(problem);
