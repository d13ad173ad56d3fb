using System.CommandLine;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>sql</c>: one query or an interactive shell over a release, read-only.</summary>
internal static class SqlVerb
{
    public static Command Command()
    {
        var query = new Argument<string?>("QUERY")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "一条 SELECT（省略则进入交互方式） / one SELECT; without it, a shell",
        };
        var release = new Option<string>("--release")
        {
            Description = "发布版本（默认 latest） / release (default latest)",
            DefaultValueFactory = _ => "latest",
            HelpName = "R",
        };
        var format = new Option<string?>("--format", "-f") { Description = "table、csv、json、parquet、arrow、xlsx", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong([.. TableFormats.All.Select(f => f.Name).Prepend("table")]);
        var output = new Option<string?>("--output", "-o")
        {
            Description = "输出文件（在工作区之外） / file to write, outside the workspace",
            HelpName = "FILE",
        };
        var force = new Option<bool>("--force") { Description = "替换已有的输出文件 / replace an output file that exists" };
        var about = new Option<bool?>("--about")
        {
            Description =
                "附上表的说明：csv 另写 FILE.about.json，json 写在开头（文件默认有） / say what the table is: beside a csv, at the head of json (files have it)",
            HelpName = "true|false",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var parameters = new Option<string[]>("--param") { Description = "查询中 $N 的值 / value of $N in the query", HelpName = "N=V" };
        var command = new Verb(
            "sql",
            """
            对发布版本做只读查询；分析用表在 published、core、metric 中。
            Query a release, read-only; tables for analysts are in published, core and metric.
            """,
            """
            innovation sql "select period, value from published.figure where metric = 'rd_intensity' and breakdown = 'total'"
            innovation sql "from core.patent_event" --format arrow --output patents.arrow
            innovation sql
            """
        )
        {
            query,
            release,
            format,
            output,
            force,
            about,
            parameters,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        using var opened = session.Open(parse.GetValue(release)!);
                        var chosen = parse.GetValue(format) ?? (session.Speaker.Json ? "json" : "table");
                        var file = parse.GetValue(output);
                        bool? says = parse.GetResult(about) is null ? null : parse.GetValue(about) ?? true;
                        var values = Parameters(parse.GetValue(parameters) ?? []);
                        if (parse.GetValue(query) is { } text)
                        {
                            SqlGate.Check(text);
                            if (file is null && (chosen is "parquet" or "arrow" or "xlsx"))
                                throw new UsageException(new($"{chosen} 格式请用 --output 指定文件", $"the format {chosen} needs --output FILE"));
                            var table = new QueryTable(opened.Connection, text, values);
                            if (file is null)
                                Show(session, table, About(opened), chosen, says ?? false, token);
                            else
                                Save(session, table, About(opened), chosen, file, parse.GetValue(force), says, token);
                            return ExitCode.Done;
                        }
                        Shell(session, opened, chosen, token);
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    private static Dictionary<string, string> Parameters(string[] given)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in given)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new UsageException(new($"--param 应写作 N=V，读到 {pair}", $"--param wants N=V and got {pair}"));
            values[name] = value;
        }
        return values;
    }

    private static TableAbout About(OpenRelease release) =>
        new(release.Manifest.Id, ColumnMeaning.Stage(release.Connection), release.Manifest.IsSynthetic, null, []);

    private static ITableFormat Format(string name, bool head) =>
        name switch
        {
            "table" => new ScreenTable(),
            "json" when !head => TableFormats.JsonRows,
            _ => TableFormats.All.Single(f => f.Name == name),
        };

    private static void Show(Session session, QueryTable table, TableAbout about, string format, bool head, CancellationToken cancel)
    {
        var notes = new TableNotes();
        session.Speaker.Output.Flush();
        using (var screen = Console.OpenStandardOutput())
            Told(() => table.Write(Format(format, head), about, screen, notes, cancel), cancel);
        if (format != "table")
            foreach (var note in notes.All)
                session.Speaker.Complain(note);
    }

    /// <summary>Writes a file whole or not at all, and says what it could not hold.</summary>
    private static void Save(
        Session session,
        QueryTable table,
        TableAbout about,
        string format,
        string output,
        bool force,
        bool? says,
        CancellationToken cancel
    )
    {
        var place = NewFile.Check(output, force, session.Workspace.Root);
        var beside = format == "csv" && says == true ? NewFile.Check(output + ".about.json", force, session.Workspace.Root) : null;
        var notes = new TableNotes();
        var described = about with { Query = table.Query };
        var rows = NewFile.Write(place, force, stream => Told(() => table.Write(Format(format, says ?? true), about, stream, notes, cancel), cancel));
        if (beside is not null)
            NewFile.Write(
                beside,
                force,
                stream =>
                {
                    stream.Write((described with { Columns = table.Described() }).ToJson(notes.All));
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
                Format = format,
                Rows = rows,
                Notes = notes.All,
            }
        );
    }

    private static long Told(Func<long> work, CancellationToken cancel)
    {
        try
        {
            return work();
        }
        catch (DuckDBException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            // An error in one thread of DuckDB interrupts the others, and now and then their interruption is what is told.
            throw new QueryRefusedException(new($"查询执行中途出错：{e.Message}", $"the query failed midway: {e.Message}"));
        }
        catch (InvalidOperationException e) when (e.Message.Contains("number of parameters", StringComparison.Ordinal))
        {
            throw new QueryRefusedException(
                new(
                    "查询中的 $N 与 --param 给出的值不一致；请为每个 $N 写一个 --param N=V",
                    "the $N of the query and the values of --param differ; write one --param N=V for each $N"
                )
            );
        }
        catch (DuckDBException e) when (!DiskFull.Is(e))
        {
            throw new QueryRefusedException(new($"查询未能执行：{e.Message}", $"the query failed: {e.Message}"));
        }
    }

    /// <summary>Reads queries that end with a semicolon until .quit or the end of the input. A query that fails does not end the shell.</summary>
    private static void Shell(Session session, OpenRelease release, string format, CancellationToken cancel)
    {
        var about = About(release);
        var speaker = session.Speaker;
        var prompting = !Console.IsInputRedirected;
        if (prompting)
            speaker.Say(new("以分号结束查询；.quit 退出", "end a query with a semicolon; .quit leaves"));
        var pending = "";
        while (true)
        {
            if (prompting)
                speaker.Output.Write(pending.Length == 0 ? "innovation> " : "       ...> ");
            if (Console.In.ReadLine() is not { } line || line.Trim() is ".quit" or ".exit")
                return;
            pending += line + "\n";
            if (!line.TrimEnd().EndsWith(';'))
                continue;
            var query = pending.Trim().TrimEnd(';');
            pending = "";
            try
            {
                if (query.Length == 0)
                    continue;
                SqlGate.Check(query);
                Show(session, new(release.Connection, query, new Dictionary<string, string>()), about, format, head: false, cancel);
            }
            catch (QueryRefusedException e)
            {
                speaker.Complain(e.Problem);
            }
        }
    }
}
