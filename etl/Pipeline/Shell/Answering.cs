using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Pipeline.Verbs;

namespace Innovation1551.Pipeline.Shell;

/// <summary>How answers are shown.</summary>
/// <param name="Format">table, or a format in which tables leave.</param>
/// <param name="Records">In a table: true for records, false for rows, null for what fits the screen.</param>
/// <param name="Says">True where a file says at its head what it is; null for what the format does by itself.</param>
/// <param name="Tells">True where each table on the screen is followed by what it is.</param>
/// <param name="Pages">True where what is longer than the screen goes through a pager.</param>
internal sealed record Manner(string Format, bool? Records = null, bool? Says = null, bool Tells = false, bool Pages = false);

/// <summary>Statements asked of an open release, and their answers shown or saved.</summary>
/// <param name="timeout">How long a statement may take; null for as long as it takes.</param>
internal sealed class Answering(Session session, OpenRelease release, IReadOnlyDictionary<string, object?> parameters, TimeSpan? timeout)
{
    /// <summary>An engine that does not let go by then is taken down with the program.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly QuerySession _queries = new(release, release.Connection);

    public GatedStatement Judge(SqlStatement statement) => _queries.Judge(statement);

    /// <summary>Shows the answer on standard output.</summary>
    public void Show(GatedStatement statement, Manner manner, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        var about = _queries.About(statement, parameters);
        var notes = new TableNotes();
        speaker.Output.Flush();
        var pages = manner.Pages && Pager.IsWanted;
        using (var screen = pages ? new Pager() : Console.OpenStandardOutput())
            Within(cancel, token => _queries.Write(statement, parameters, Format(manner with { Pages = pages }), about, screen, notes, token));
        if (statement.Kind == StatementKind.Temporary && manner.Format == "table")
            speaker.Say(new("完成", "done"));
        if (manner.Format != "table")
            foreach (var note in notes.All)
                speaker.Complain(note);
        Warn(statement);
    }

    /// <summary>Writes a file whole or not at all, and says what it could not hold.</summary>
    public void Save(GatedStatement statement, Manner manner, string output, bool force, CancellationToken cancel)
    {
        var place = NewFile.Check(output, force, session.Workspace.Root);
        var beside = manner is { Format: "csv", Says: true } ? NewFile.Check(output + ".about.json", force, session.Workspace.Root) : null;
        var notes = new TableNotes();
        foreach (var warning in _queries.Warnings(statement, parameters))
            notes.Say(warning);
        var about = _queries.About(statement, parameters);
        var format = Format(manner with { Says = manner.Says ?? true });
        var rows = NewFile.Write(place, force, stream => Within(cancel, token => _queries.Write(statement, parameters, format, about, stream, notes, token)));
        if (beside is not null)
            NewFile.Write(
                beside,
                force,
                stream =>
                {
                    stream.Write((about with { Columns = _queries.Columns(statement, parameters) }).ToJson(notes.All));
                    return 0;
                }
            );
        session.Speaker.Say(new($"已写入 {output}（{rows} 行）", $"wrote {output} ({rows} rows)"));
        foreach (var note in notes.All)
            session.Speaker.Say(note);
        session.Speaker.Answer(
            new
            {
                File = output,
                manner.Format,
                Rows = rows,
                Notes = notes.All,
            }
        );
    }

    private void Warn(GatedStatement statement)
    {
        foreach (var warning in _queries.Warnings(statement, parameters))
            session.Speaker.Complain(new("注意：" + warning.Zh, "note: " + warning.En));
    }

    private ITableFormat Format(Manner manner) =>
        manner.Format switch
        {
            "table" => new ScreenTable(
                session.Speaker.Language,
                Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth),
                manner.Records,
                manner.Tells,
                manner.Pages
            ),
            "json" when manner.Says != true => TableFormats.JsonRows,
            _ => TableFormats.All.Single(f => f.Name == manner.Format),
        };

    /// <summary>Does the work within the time that a statement may take.</summary>
    private long Within(CancellationToken cancel, Func<CancellationToken, long> work)
    {
        if (timeout is not { } allowed)
            return work(cancel);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        late.CancelAfter(allowed);
        var told = new Text(
            $"查询超过 {allowed.TotalSeconds:0.###} 秒，已中止（--timeout）",
            $"the query took longer than {allowed.TotalSeconds:0.###} s and was stopped (--timeout)"
        );
        // Some functions of the engine do not hear that they are to stop.
        using var last = new Timer(
            _ =>
            {
                session.Speaker.Complain(told);
                Environment.Exit(ExitCode.Usage);
            },
            null,
            allowed + Grace,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            return work(late.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new QueryRefusedException(told);
        }
    }
}
