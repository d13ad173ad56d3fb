using System.CommandLine;
using Innovation1551.Pipeline.Terminal;
using Innovation1551.Returns;
using Innovation1551.Returns.Reading;

namespace Innovation1551.Pipeline.Verbs;

/// <summary><c>read</c>: what the reader sees in a file, before any form is bound.</summary>
internal static class ReadVerb
{
    public static Command Command()
    {
        var file = new Argument<string>("FILE") { Description = "文件 / file" };
        var format = new Option<string?>("--format", "-f") { Description = "text、csv 或 json / text, csv or json", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("text", "csv", "json");
        var sheet = new Option<string?>("--sheet") { Description = "工作表名 / sheet to show", HelpName = "NAME" };
        var encoding = new Option<string?>("--encoding") { Description = "声明编码，如 GB18030 / declare the encoding", HelpName = "NAME" };
        var delimiter = new Option<string?>("--delimiter")
        {
            Description = "声明分隔符（\\t 为制表符；后带空格时写作 \", \"） / declare the delimiter (\\t for a tab; \", \" where a blank follows it)",
            HelpName = "CHAR",
        };
        var quote = new Option<string?>("--quote") { Description = "声明引号 / declare the quote", HelpName = "CHAR" };
        var escape = new Option<string?>("--escape") { Description = "声明转义符 / declare the escape", HelpName = "CHAR" };
        var skip = new Option<int>("--skip") { Description = "跳过开头若干行 / lines to pass over at the top", HelpName = "N" };
        var header = new Option<int?>("--header") { Description = "声明表头行数 / number of header rows", HelpName = "N" };
        var command = new Verb(
            "read",
            """
            显示读取结果：格式、编码、分隔方式、工作表、各行及其地址、发现的问题；不涉及任何报表。
            Show what the reader sees: format, encoding, dialect, sheets, rows with their addresses, findings; no form is involved.
            """,
            """
            innovation read 年报.xlsx
            innovation read 年报.csv --encoding GB18030 --format csv
            innovation read 年报.xlsx --sheet 专利事件清单 --format json
            """
        )
        {
            file,
            format,
            sheet,
            encoding,
            delimiter,
            quote,
            escape,
            skip,
            header,
        };
        command.SetAction(
            (parse, cancel) =>
                Session.Run(
                    parse,
                    (session, _) =>
                    {
                        var options = session.ReadOptions with
                        {
                            Encoding = parse.GetValue(encoding),
                            // A blank behind the delimiter belongs to it: ", ".
                            Delimiter = Character("--delimiter", parse.GetValue(delimiter) is [_, ' '] blank ? blank[..1] : parse.GetValue(delimiter)),
                            BlankAfterDelimiter = parse.GetValue(delimiter) is [_, ' '] ? true : null,
                            Quote = Character("--quote", parse.GetValue(quote)),
                            Escape = Character("--escape", parse.GetValue(escape)),
                            Skip = parse.GetValue(skip),
                            Header = parse.GetValue(header),
                        };
                        return Read(session, parse.GetValue(file)!, parse.GetValue(format), parse.GetValue(sheet), options);
                    },
                    cancel,
                    Needs.Nothing
                )
        );
        return command;
    }

    private static int Read(Session session, string path, string? format, string? sheet, ReadOptions options)
    {
        if (!File.Exists(path))
            throw new UsageException(new($"没有文件 {path}", $"there is no file {path}"));
        using var document = ReturnReader.Open(path, options, Path.GetFileName(path));
        using var output = Console.OpenStandardOutput();
        switch (format ?? (session.Speaker.Json ? "json" : "text"))
        {
            case "csv":
                if (!ReadView.WriteCsv(document, output, sheet) && sheet is not null && !document.Refused)
                    throw new UsageException(new($"没有工作表“{sheet}”", $"there is no sheet \"{sheet}\""));
                foreach (var finding in document.Findings)
                    session.Speaker.Complain(new(FindingText.Line(finding, Models.Language.Zh), FindingText.Line(finding, Models.Language.En)));
                break;
            case "json":
                ReadView.WriteJson(document, output, sheet);
                break;
            default:
                ReadView.WriteText(document, Console.Out, session.Speaker.Language, sheetName: sheet);
                break;
        }
        return document.Refused || document.Findings.Any(f => f.Severity == Severity.Error) ? ExitCode.DataErrors : ExitCode.Done;
    }

    private static char? Character(string option, string? text) =>
        text switch
        {
            null or "" => null,
            "\\t" or "tab" => '\t',
            { Length: 1 } => text[0],
            _ => throw new UsageException(new($"{option} 应为一个字符，读到“{text}”", $"{option} takes one character, not \"{text}\"")),
        };
}
