using System.CommandLine;
using Innovation1551.Models;
using Innovation1551.Models.Exchange;
using Innovation1551.Models.Querying;
using Innovation1551.Pipeline.Shell;
using Innovation1551.Pipeline.Terminal;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>sql</c>: queries from the command line, a file or a pipe, or an interactive shell, over a release, read-only.</summary>
internal static class SqlVerb
{
    private const string Name = "sql";
    private const string Query = "QUERY";
    private const string File = "--file";

    public static Command Command()
    {
        var query = new Argument<string?>(Query)
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "查询，可有多条（省略则读标准输入，在终端上进入交互方式） / queries; without any, standard input, on a terminal a shell",
        };
        var release = new Option<string[]>("--release")
        {
            Description =
                "发布版本（默认 latest）；再给的版本以其编号读取，如 r0001.published.figure；operations 为运行与查询记录 / release (default latest); further ones are read under their number, as r0001.published.figure; operations is what was run and asked here",
            DefaultValueFactory = _ => ["latest"],
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
        var script = new Option<string?>(File) { Description = "从文件读取查询（- 为标准输入） / queries from a file (- for standard input)", HelpName = "F" };
        var timeout = new Option<double?>("--timeout") { Description = "每条查询最多几秒 / seconds that a query may take", HelpName = "S" };
        timeout.Validators.Add(result =>
        {
            if (Misunderstood.Number<double>(result) is <= 0 or > 86_400)
                result.AddError("--timeout 应为 0 至 86400 之间的秒数 / --timeout wants seconds between 0 and 86400");
        });
        var command = new Verb(
            Name,
            """
            对发布版本做只读查询；分析用表在 published、core、metric 中。
            Query a release, read-only; tables for analysts are in published, core and metric.
            """,
            """
            innovation sql "select period, value from published.figure where metric = 'rd_intensity' and breakdown = 'total'"
            innovation sql "from core.patent_event" --format arrow --output patents.arrow
            innovation sql --release latest --release operations "from operations.run order by started_at desc limit 5"
            innovation sql --release latest --release r1 "select figure_id, n.value, o.value from published.figure n join r0001.published.figure o using (figure_id)"
            innovation sql --file 查询.sql --param y=2024 --timeout 30
            innovation sql "create temp table t as from core.finance; summarize t"
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
            script,
            timeout,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, token) =>
                    {
                        var chosen = parse.GetValue(format) ?? (session.Speaker.Json ? "json" : "table");
                        var (file, text, from) = (parse.GetValue(output), parse.GetValue(query), parse.GetValue(script));
                        bool? says = parse.GetResult(about) is null ? null : parse.GetValue(about) ?? true;
                        var values = Parameters(parse.GetValue(parameters) ?? []);
                        TimeSpan? allowed = parse.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
                        if (text is not null && from is not null)
                            throw new UsageException(new("查询与 --file 只能给一个", "give a query or --file, not both"));
                        if (file is null && chosen is "parquet" or "arrow" or "xlsx")
                            throw new UsageException(new($"{chosen} 格式请用 --output 指定文件", $"the format {chosen} needs --output FILE"));
                        if (from is not null and not "-")
                            text = System.IO.File.ReadAllText(from);
                        if (file is not null)
                            text ??= Console.In.ReadToEnd();
                        var manner = new Manner(chosen, Says: says, Tells: says == true);
                        var opened = session.Open(parse.GetValue(release)![0], parse.GetValue(release)![1..]);
                        using var closing = opened;
                        if (text is not null)
                            return Run(
                                session,
                                new(session, opened, values, allowed),
                                SqlScript.Split(text),
                                values,
                                manner,
                                file,
                                parse.GetValue(force),
                                token
                            );
                        using var shell = new SqlShell(session, opened, values, allowed, manner);
                        if (!IsShell(parse))
                            return shell.Read(Console.In, token);
                        shell.Manner = manner with { Tells = says ?? true, Pages = true };
                        shell.Talk();
                        return ExitCode.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    /// <summary>True where a command line makes the program talk with a person: then Ctrl-C is the shell's.</summary>
    public static bool IsShell(ParseResult parse) =>
        parse.CommandResult.Command.Name == Name
        && parse.GetValue<string?>(Query) is null
        && parse.GetValue<string?>(File) is null
        && !Console.IsInputRedirected;

    /// <summary>A text as a whole: all of it is judged before any of it runs, and the first failure ends it. One answer can go to a file, the last.</summary>
    private static int Run(
        Session session,
        Answering answering,
        IReadOnlyList<SqlStatement> statements,
        Dictionary<string, object?> values,
        Manner manner,
        string? file,
        bool force,
        CancellationToken cancel
    )
    {
        try
        {
            if (statements.Count == 0)
                throw new QueryRefusedException(new("没有查询", "there is no query"));
            var judged = statements.Select(answering.Judge).ToList();
            var asked = judged.SelectMany(j => j.Reading.Parameters).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (values.Keys.FirstOrDefault(v => !asked.Contains(v)) is { } idle)
                throw new QueryRefusedException(new($"查询中没有 ${idle}", $"there is no ${idle} in the query"));
            if (file is not null && (judged.Count(j => j.Kind != StatementKind.Temporary) != 1 || judged[^1].Kind == StatementKind.Temporary))
                throw new QueryRefusedException(
                    new(
                        "--output 只写一个结果：最后一条应为查询，其余只能是 create temp …",
                        "--output takes one answer: the last statement is a query, those before it create temp … alone"
                    )
                );
            foreach (var statement in judged)
                if (file is not null && statement.Kind != StatementKind.Temporary)
                    answering.Save(statement, manner, file, force, cancel);
                else
                    answering.Show(statement, file is null ? manner : manner with { Format = "csv" }, cancel);
            return ExitCode.Done;
        }
        catch (QueryRefusedException e)
        {
            SqlShell.Fault(session.Speaker, e);
            return ExitCode.Usage;
        }
    }

    private static Dictionary<string, object?> Parameters(string[] given)
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in given)
        {
            if (pair.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new UsageException(new($"--param 应写作 N=V，读到 {pair}", $"--param wants N=V and got {pair}"));
            values[name] = value;
        }
        return values;
    }
}
