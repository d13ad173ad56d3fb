using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Verbs;

namespace Innovation1551.Pipeline.Shell;

/// <summary>
/// Statement after statement from a terminal or a pipe, over one release that is opened once. What fails is told and the next one is
/// asked; on a terminal Ctrl-C ends the query and not the shell.
/// </summary>
internal sealed class SqlShell : IDisposable
{
    private const string Prompt = "innovation> ";
    private const string Further = "       ...> ";
    private const int Kept = 1000;

    private readonly IReadOnlyDictionary<string, object?> _parameters;
    private readonly TimeSpan? _timeout;
    private Answering _answering;
    private Completion? _completion;
    private CancellationTokenSource? _running;

    /// <param name="release">Opened by the caller, closed here.</param>
    public SqlShell(Session session, OpenRelease release, IReadOnlyDictionary<string, object?> parameters, TimeSpan? timeout, Manner manner)
    {
        (Session, Release, Manner, _parameters, _timeout) = (session, release, manner, parameters, timeout);
        _answering = new(session, release, parameters, timeout);
    }

    public Session Session { get; }
    public OpenRelease Release { get; private set; }
    public Manner Manner { get; set; }
    public bool Timer { get; set; }
    public bool IsChinese => Session.Speaker.Language == Language.Zh;

    /// <summary>Goes to another release; temporary tables stay behind with the one before.</summary>
    public void Open(string name)
    {
        var next = Session.Open(name);
        Release.Dispose();
        (Release, _completion) = (next, null);
        _answering = new(Session, next, _parameters, _timeout);
    }

    public void Dispose() => Release.Dispose();

    /// <summary>From a pipe or a file: each statement runs as soon as it is there, the last one needs no semicolon.</summary>
    /// <returns>The exit code: something of it failed, or nothing did.</returns>
    public int Read(TextReader input, CancellationToken cancel)
    {
        var (pending, lines, code) = (new StringBuilder(), 0, ExitCode.Done);
        while (!cancel.IsCancellationRequested)
        {
            var line = input.ReadLine();
            var text = pending.ToString();
            if (line is not null && text.Trim().Length == 0 && line.TrimStart().StartsWith('.'))
            {
                if (line.Trim() is ".quit" or ".exit")
                    return code;
                code = Math.Max(code, Told(() => ShellCommands.Run(this, line)));
                (pending, lines) = (pending.Clear(), lines + 1);
                continue;
            }
            if (line is null || SqlScript.IsWhole(text + line))
            {
                text += line;
                foreach (var statement in SqlScript.Split(text))
                    code = Math.Max(code, Ask(statement with { Line = statement.Line + lines }, cancel));
                if (line is null)
                    return code;
                lines += text.AsSpan().Count('\n') + 1;
                pending.Clear();
                continue;
            }
            pending.Append(line).Append('\n');
        }
        throw new OperationCanceledException(cancel);
    }

    /// <summary>On a terminal, until .quit or Ctrl-D.</summary>
    public void Talk()
    {
        var history = new ShellHistory(Kept);
        var editor = new LineEditor(
            history.Entries,
            text => text.TrimStart().StartsWith('.') || SqlScript.IsWhole(text),
            (text, cursor) => (_completion ??= new(Release.Connection)).Of(text, cursor)
        );
        var speaker = Session.Speaker;
        speaker.Line(Release.Manifest.Id + (Release.Manifest.IsSynthetic ? "  " + TableAbout.Synthetic.In(speaker.Language) : ""));
        speaker.Say(new("以分号结束查询；.help 有说明，.quit 退出", "end a query with a semicolon; .help helps, .quit leaves"));
        Console.CancelKeyPress += Stop;
        try
        {
            while (editor.Read(Prompt, Further) is { } text && text.Trim() is not (".quit" or ".exit"))
            {
                if (text.Trim().Length == 0)
                    continue;
                history.Add(text);
                if (text.TrimStart().StartsWith('.'))
                {
                    Told(() => ShellCommands.Run(this, text));
                    continue;
                }
                foreach (var statement in SqlScript.Split(text))
                {
                    using var running = _running = new CancellationTokenSource();
                    var code = Ask(statement, running.Token);
                    _running = null;
                    if (code != ExitCode.Done)
                        break;
                }
            }
        }
        finally
        {
            Console.CancelKeyPress -= Stop;
        }
    }

    /// <summary>A list for the eye, made by a query of our own.</summary>
    public void List(string query, params object[] values) => List(query, records: false, values);

    public void List(string query, bool records, params object[] values)
    {
        var named = values.Select((v, i) => (Name: (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), Value: (object?)v));
        Session.Speaker.Output.Flush();
        using var screen = Console.OpenStandardOutput();
        new QueryTable(Release.Connection, query, named.ToDictionary(n => n.Name, n => n.Value)) { Meanings = new Dictionary<string, string>() }.Write(
            new ScreenTable(Session.Speaker.Language, Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth), records ? true : null),
            new(Release.Manifest.Id, null, Release.Manifest.IsSynthetic, null, []),
            screen,
            new(),
            CancellationToken.None
        );
    }

    private int Ask(SqlStatement statement, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var code = Told(() => _answering.Show(_answering.Judge(statement), Manner, cancel));
        if (Timer)
            Session.Speaker.Say(
                new($"用时 {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.0} 毫秒", $"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.0} ms")
            );
        return code;
    }

    /// <summary>Does it; tells why where it cannot be done.</summary>
    private int Told(Action work)
    {
        try
        {
            work();
            return ExitCode.Done;
        }
        catch (QueryRefusedException e)
        {
            Fault(Session.Speaker, e);
        }
        catch (Refusal e)
        {
            Session.Speaker.Complain(e.Problem);
        }
        catch (OperationCanceledException) when (_running?.IsCancellationRequested == true)
        {
            Session.Speaker.Complain(new("查询已中止", "the query was stopped"));
        }
        return ExitCode.Usage;
    }

    /// <summary>What is wrong with a query: a sentence, or, where JSON was asked for, an object with its place.</summary>
    public static void Fault(Speaker speaker, QueryRefusedException fault)
    {
        if (!speaker.Json)
        {
            speaker.Complain(fault.Placed);
            return;
        }
        speaker.Fail(
            new
            {
                Error = new
                {
                    fault.Problem.Zh,
                    fault.Problem.En,
                    Line = fault.Line == 0 ? (int?)null : fault.Line,
                    Column = fault.Line == 0 ? (int?)null : fault.Column,
                },
            }
        );
    }

    private void Stop(object? sender, ConsoleCancelEventArgs key)
    {
        // A query that does not hear the first one ends with the program at the second.
        if (_running is not { IsCancellationRequested: false } running)
            return;
        key.Cancel = true;
        running.Cancel();
    }
}
