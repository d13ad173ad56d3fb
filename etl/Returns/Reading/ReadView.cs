using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Innovation1551.Models;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading;

/// <summary>What the reader sees, before any form is bound: the respondent's and the tester's window into the reader.</summary>
public static class ReadView
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text for people: the file's format, encoding and dialect, its sheets, the first rows with their addresses, and every finding.</summary>
    public static void WriteText(Document document, TextWriter output, Language language, int rowsShown = 20, string? sheetName = null)
    {
        var zh = language == Language.Zh;
        output.WriteLine($"{(zh ? "文件" : "file")}: {ScreenText.Line(document.FileName)}");
        output.WriteLine($"{(zh ? "格式" : "format")}: {document.Format}");
        if (document.Encoding is not null)
            output.WriteLine($"{(zh ? "编码" : "encoding")}: {document.Encoding}");
        if (document.Dialect is { } dialect)
            output.WriteLine(
                $"{(zh ? "分隔符、引号、转义、换行" : "delimiter, quote, escape, line ending")}: {Show(dialect.Delimiter)} {Show(dialect.Quote)} {Show(dialect.Escape)} {dialect.LineEnding.Replace("\r", "CR", StringComparison.Ordinal).Replace("\n", "LF", StringComparison.Ordinal)}"
            );
        foreach (var sheet in Chosen(document, sheetName))
        {
            output.WriteLine();
            output.WriteLine($"{(zh ? "工作表" : "sheet")} {sheet.Index}: {ScreenText.Line(sheet.Name)}{(sheet.Hidden ? zh ? "（隐藏）" : " (hidden)" : "")}");
            long rows = 0;
            foreach (var row in sheet.Rows())
            {
                rows++;
                if (rows > rowsShown)
                    continue;
                output.Write($"{row.Number, 7}{(row.Hidden ? "*" : " ")}");
                foreach (var cell in row.Cells)
                    output.Write($" {ReadingFindings.Letters(cell.Column)}={OneLine(cell)}");
                output.WriteLine();
            }
            output.WriteLine(zh ? $"共 {rows} 行" : $"{rows} rows");
        }
        if (document.Refused)
            output.WriteLine(zh ? "文件不能使用" : "the file cannot be used");
        foreach (var finding in document.Findings)
        {
            var place = string.Join(
                " ",
                new[] { finding.Sheet, finding.Column is null && finding.Row is null ? null : $"{finding.Column}{finding.Row}" }.Where(p => p is not null)
            );
            output.WriteLine(
                ScreenText.Line(
                    $"{finding.Code} {finding.Severity} {place} {finding.Problem.In(language)} → {finding.Remedy.In(language)}{(finding.Read is null ? "" : $" [{finding.Read}]")}"
                )
            );
        }
    }

    /// <summary>One sheet as RFC 4180 in UTF-8 without a mark: the first, or the one named. False when there is no such sheet.</summary>
    public static bool WriteCsv(Document document, Stream output, string? sheetName = null)
    {
        var sheet = Chosen(document, sheetName).FirstOrDefault();
        if (sheet is null)
            return false;
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        foreach (var row in sheet.Rows())
        {
            var column = 1;
            foreach (var cell in row.Cells)
            {
                for (; column < cell.Column; column++)
                    writer.Write(',');
                WriteField(writer, cell.Text);
            }
            for (; column < row.Fields; column++)
                writer.Write(',');
            // A record of one empty field would be an empty line, which many readers skip.
            if (row.Cells.Count == 0 && row.Fields == 1)
                writer.Write("\"\"");
            writer.WriteLine();
        }
        return true;
    }

    /// <summary>Everything, with addresses and types: one JSON object.</summary>
    public static void WriteJson(Document document, Stream output, string? sheetName = null)
    {
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        json.WriteString("file", document.FileName);
        json.WriteString("format", document.Format);
        json.WriteString("encoding", document.Encoding);
        if (document.Dialect is { } dialect)
        {
            json.WriteStartObject("dialect");
            json.WriteString("delimiter", dialect.Delimiter.ToString());
            json.WriteString("quote", dialect.Quote?.ToString());
            json.WriteString("escape", dialect.Escape?.ToString());
            json.WriteString("lineEnding", dialect.LineEnding);
            json.WriteBoolean("blankAfterDelimiter", dialect.BlankAfterDelimiter);
            json.WriteEndObject();
        }
        json.WriteStartArray("sheets");
        foreach (var sheet in Chosen(document, sheetName))
            WriteSheet(json, sheet);
        json.WriteEndArray();
        // Known only now that the rows have been read.
        json.WriteBoolean("refused", document.Refused);
        json.WriteNumber("rowsRefused", document.RowsRefused);
        json.WriteStartArray("findings");
        foreach (var finding in document.Findings)
            WriteFinding(json, finding);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSheet(Utf8JsonWriter json, Sheet sheet)
    {
        json.WriteStartObject();
        json.WriteString("name", sheet.Name);
        json.WriteNumber("index", sheet.Index);
        json.WriteBoolean("hidden", sheet.Hidden);
        json.WriteStartArray("merged");
        foreach (var m in sheet.Merged)
            json.WriteStringValue($"{ReadingFindings.Letters(m.FirstColumn)}{m.FirstRow}:{ReadingFindings.Letters(m.LastColumn)}{m.LastRow}");
        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in sheet.Rows())
        {
            json.WriteStartObject();
            json.WriteNumber("row", row.Number);
            if (row.Hidden)
                json.WriteBoolean("hidden", true);
            if (row.Fields > 0)
                json.WriteNumber("fields", row.Fields);
            json.WriteStartArray("cells");
            foreach (var cell in row.Cells)
            {
                json.WriteStartObject();
                json.WriteString("cell", ReadingFindings.Letters(cell.Column) + row.Number.ToString(CultureInfo.InvariantCulture));
                json.WriteString("type", TypeName(cell.Kind));
                json.WriteString("text", cell.Text);
                if (cell.NumberFormat is not null)
                    json.WriteString("numberFormat", cell.NumberFormat);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            if (json.BytesPending > 1 << 16)
                json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString(
            "severity",
            finding.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                _ => "note",
            }
        );
        json.WriteString("sheet", finding.Sheet);
        if (finding.Row is { } row)
            json.WriteNumber("row", row);
        json.WriteString("column", finding.Column);
        json.WriteString("read", finding.Read);
        WriteBoth(json, "problem", finding.Problem);
        WriteBoth(json, "remedy", finding.Remedy);
        json.WriteEndObject();
    }

    private static void WriteBoth(Utf8JsonWriter json, string name, Text text)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    private static IEnumerable<Sheet> Chosen(Document document, string? name) =>
        name is null ? document.Sheets() : document.Sheets().Where(s => s.Name == name);

    private static string TypeName(CellKind kind) =>
        kind switch
        {
            CellKind.Text => "text",
            CellKind.Number => "number",
            CellKind.Boolean => "boolean",
            CellKind.Date => "date",
            CellKind.Error => "error",
            CellKind.FormulaWithoutValue => "formula",
            _ => "blank",
        };

    private static void WriteField(TextWriter writer, string text)
    {
        if (text.AsSpan().IndexOfAny(NeedsQuotes) < 0)
        {
            writer.Write(text);
            return;
        }
        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    private static string OneLine(Cell cell)
    {
        var text = ScreenText.Line(ReadingFindings.Quote(cell.Text).Replace("\r", "␍", StringComparison.Ordinal).Replace("\n", "␊", StringComparison.Ordinal));
        return cell.Kind switch
        {
            CellKind.Text => $"“{text}”",
            CellKind.FormulaWithoutValue => $"=({text})?",
            _ => text,
        };
    }

    private static string Show(char? c) =>
        c switch
        {
            null => "-",
            '\t' => "TAB",
            ' ' => "SPACE",
            < ' ' => $"0x{(int)c.Value:X2}",
            _ => c.Value.ToString(),
        };
}
