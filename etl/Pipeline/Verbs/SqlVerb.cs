using System.CommandLine;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Querying;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Returns.Writing;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>sql</c>: one query or an interactive shell over a release, read-only.</summary>
internal static class SqlVerb
{
    public static Command Command()
    {
        var query = new Argument<string?>("QUERY") { Arity = ArgumentArity.ZeroOrOne, Description = "一条 SELECT（省略则进入交互方式） / one SELECT; without it, a shell" };
        var release = new Option<string>("--release") { Description = "发布版本（默认 latest） / release (default latest)", DefaultValueFactory = _ => "latest", HelpName = "R" };
        var format = new Option<string?>("--format", "-f") { Description = "table、csv、json、parquet、arrow、xlsx", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong([.. QueryOutput.Formats]);
        var output = new Option<string?>("--output", "-o") { Description = "输出文件 / file to write", HelpName = "FILE" };
        var command = new Verb("sql", """
            对发布版本做只读查询；分析用表在 published、core、metric 中。
            Query a release, read-only; tables for analysts are in published, core and metric.
            """, """
            innovation sql "select period, value from published.figure where metric = 'rd_intensity' and breakdown = 'total'"
            innovation sql "from core.patent_event" --format arrow --output patents.arrow
            innovation sql
            """) { query, release, format, output };
        command.SetAction((parse, cancel) => Session.Run(parse, (session, token) =>
        {
            using var opened = session.Open(parse.GetValue(release)!);
            var connection = opened.Connection;
            var chosen = parse.GetValue(format) ?? (session.Speaker.Json ? "json" : "table");
            if (parse.GetValue(query) is { } text)
            {
                Run(session, connection, text, chosen, parse.GetValue(output), token);
                return ExitCode.Done;
            }
            Shell(session, connection, chosen, token);
            return ExitCode.Done;
        }, cancel));
        return command;
    }

    private static void Run(Session session, DuckDBConnection release, string query, string format, string? output, CancellationToken cancel)
    {
        SqlGate.Check(query);
        if (output is null && QueryOutput.NeedsFile(format))
            throw new UsageException(new($"{format} 格式请用 --output 指定文件", $"the format {format} needs --output FILE"));
        if (output is null)
        {
            QueryOutput.Write(release, query, format, session.Speaker.Output, cancel);
            return;
        }
        var rows = format == "xlsx"
            ? Workbook(release, query, output, cancel)
            : QueryOutput.WriteFile(release, query, format, Path.GetFullPath(output), cancel);
        session.Speaker.Say(new($"已写入 {output}（{rows} 行）", $"wrote {output} ({rows} rows)"));
    }

    private static long Workbook(DuckDBConnection release, string query, string output, CancellationToken cancel)
    {
        using var file = File.Create(output);
        return QueryOutput.Read(release, query, reader => TableWorkbook.Write(file, "result", reader), cancel);
    }

    /// <summary>Reads queries that end with a semicolon until .quit or the end of the input. A query that fails does not end the shell.</summary>
    private static void Shell(Session session, DuckDBConnection release, string format, CancellationToken cancel)
    {
        var speaker = session.Speaker;
        var prompting = !Console.IsInputRedirected;
        if (prompting) speaker.Say(new("以分号结束查询；.quit 退出", "end a query with a semicolon; .quit leaves"));
        var pending = "";
        while (true)
        {
            if (prompting) speaker.Output.Write(pending.Length == 0 ? "innovation> " : "       ...> ");
            if (Console.In.ReadLine() is not { } line || line.Trim() is ".quit" or ".exit") return;
            pending += line + "\n";
            if (!line.TrimEnd().EndsWith(';')) continue;
            var query = pending.Trim().TrimEnd(';');
            pending = "";
            try
            {
                if (query.Length > 0) Run(session, release, query, format, null, cancel);
            }
            catch (QueryRefusedException e)
            {
                speaker.Complain(e.Problem);
            }
        }
    }
}
