using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Querying;

/// <summary>Results of a query over a release, as text or as a file. Large formats leave DuckDB as Arrow or are written by it.</summary>
public static class QueryOutput
{
    public static IReadOnlyList<string> Formats { get; } = ["table", "csv", "json", "parquet", "arrow", "xlsx"];

    /// <summary>True for formats that are no text.</summary>
    public static bool NeedsFile(string format) => format is "parquet" or "arrow" or "xlsx";

    /// <summary>Writes a result as text. The query must have passed <see cref="SqlGate"/>.</summary>
    /// <exception cref="QueryRefusedException">DuckDB does not accept the query.</exception>
    public static long Write(DuckDBConnection release, string query, string format, TextWriter writer, CancellationToken cancel) =>
        Read(release, query, reader => format switch
        {
            "csv" => Csv(reader, writer),
            "json" => Json(reader, writer),
            _ => Table(reader, writer),
        }, cancel);

    /// <summary>Streams a result to whoever writes it in another form.</summary>
    /// <exception cref="QueryRefusedException">DuckDB does not accept the query, or fails in the middle of it.</exception>
    public static long Read(DuckDBConnection release, string query, Func<DbDataReader, long> take, CancellationToken cancel)
    {
        using var command = release.CreateCommand();
        command.CommandText = query;
        command.UseStreamingMode = true;
        using var stop = cancel.Register(command.Cancel);
        try
        {
            using var reader = command.ExecuteReader();
            return take(reader);
        }
        catch (DuckDBException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (DuckDBException e)
        {
            throw Refused(e);
        }
    }

    /// <summary>Writes a result into a file; returns its rows.</summary>
    public static long WriteFile(DuckDBConnection release, string query, string format, string path, CancellationToken cancel)
    {
        switch (format)
        {
            case "arrow":
                using (var file = File.Create(path)) return Arrow(release, query, file, cancel);
            case "parquet":
                return Parquet(release, query, path);
            default:
                using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false))) return Write(release, query, format, writer, cancel);
        }
    }

    /// <summary>Streams a result as an Arrow IPC file, batch by batch.</summary>
    public static long Arrow(DuckDBConnection release, string query, Stream stream, CancellationToken cancel)
    {
        using var command = release.CreateCommand();
        command.CommandText = query;
        return ArrowBatches(command, stream, cancel).GetAwaiter().GetResult();
    }

    private static async Task<long> ArrowBatches(DuckDBCommand command, Stream stream, CancellationToken cancel)
    {
        ArrowFileWriter? writer = null;
        long rows = 0;
        try
        {
            await foreach (var batch in command.ExecuteArrowBatchesAsync(cancel))
                using (batch)
                {
                    writer ??= new ArrowFileWriter(stream, batch.Schema, leaveOpen: true);
                    await writer.WriteRecordBatchAsync(batch, cancel);
                    rows += batch.Length;
                }
            if (writer is null) throw new QueryRefusedException(new("结果为空，没有可写的批次", "the result is empty: there is nothing to write"));
            await writer.WriteEndAsync(cancel);
            return rows;
        }
        catch (DuckDBException e)
        {
            throw Refused(e);
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <summary>
    /// DuckDB writes Parquet itself, which the release's own locked connection must not; so a connection in memory attaches
    /// the release read-only and may write to this one path and nowhere else.
    /// </summary>
    private static long Parquet(DuckDBConnection release, string query, string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        static string Quoted(string text) => "'" + text.Replace("'", "''") + "'";
        connection.Run($"attach {Quoted(Database.FileOf(release))} as release (read_only); use release; set timezone = 'UTC'; set allowed_paths = [{Quoted(path)}]; set enable_external_access = false; set lock_configuration = true");
        try
        {
            using var copy = connection.CreateCommand();
            copy.CommandText = $"copy ({query}) to {Quoted(path)} (format parquet, compression zstd, use_tmp_file false)";
            return copy.ExecuteNonQuery();
        }
        catch (DuckDBException e)
        {
            throw Refused(e);
        }
    }

    private static QueryRefusedException Refused(DuckDBException e) => new(new($"查询未能执行：{e.Message}", $"the query failed: {e.Message}"));

    private static long Csv(DbDataReader reader, TextWriter writer)
    {
        writer.Write(string.Join(',', Names(reader).Select(CsvText.Quoted)) + "\r\n");
        long rows = 0;
        for (; reader.Read(); rows++)
            writer.Write(string.Join(',', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Field(reader.GetValue(i)))) + "\r\n");
        return rows;

        // Only text can act as a formula; numbers and dates stay as they are.
        static string Field(object value) => value is string text ? CsvText.Field(text) : CsvText.Quoted(Text(value));
    }

    private static long Json(DbDataReader reader, TextWriter writer)
    {
        using var buffer = new MemoryStream();
        var names = Names(reader);
        writer.Write('[');
        long rows = 0;
        for (; reader.Read(); rows++)
        {
            buffer.SetLength(0);
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
            {
                json.WriteStartObject();
                for (var i = 0; i < names.Length; i++)
                {
                    json.WritePropertyName(names[i]);
                    if (reader.IsDBNull(i)) json.WriteNullValue();
                    else if (reader.GetValue(i) is var value && value is bool b) json.WriteBooleanValue(b);
                    else if (value is sbyte or short or int or long or byte or ushort or uint or ulong or decimal or float or double) json.WriteRawValue(Text(value), skipInputValidation: false);
                    else json.WriteStringValue(Text(value));
                }
                json.WriteEndObject();
            }
            writer.Write(rows == 0 ? "\n" : ",\n");
            writer.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        }
        writer.Write("\n]\n");
        return rows;
    }

    /// <summary>Columns aligned by display width (a Chinese character is two wide); at most 200 rows, and says when there are more.</summary>
    private static long Table(DbDataReader reader, TextWriter writer)
    {
        const int shown = 200;
        var lines = new List<string[]> { Names(reader) };
        var right = new bool[reader.FieldCount];
        long rows = 0;
        for (; reader.Read(); rows++)
        {
            if (rows >= shown) continue;
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
            {
                var value = reader.IsDBNull(i) ? null : reader.GetValue(i);
                right[i] |= value is decimal or int or long or double or System.Numerics.BigInteger;
                cells[i] = value is null ? "" : string.Concat(Text(value).Select(c => char.IsControl(c) ? '·' : c));
                if (cells[i].Length > 60) cells[i] = cells[i][..59] + "…";
            }
            lines.Add(cells);
        }
        var widths = Enumerable.Range(0, reader.FieldCount).Select(i => lines.Max(l => Width(l[i]))).ToArray();
        for (var n = 0; n < lines.Count; n++)
        {
            writer.WriteLine(string.Join("  ", lines[n].Select((c, i) => right[i] ? new string(' ', widths[i] - Width(c)) + c : c + new string(' ', widths[i] - Width(c)))).TrimEnd());
            if (n == 0) writer.WriteLine(string.Join("  ", widths.Select(w => new string('-', w))));
        }
        writer.WriteLine(rows > shown ? $"({rows} rows, {shown} shown)" : $"({rows} rows)");
        return rows;

        static int Width(string text) => text.Sum(c => c is >= '\u1100' and <= '\u115f' or >= '\u2e80' and <= '\ua4cf' or >= '\uac00' and <= '\ud7a3' or >= '\uf900' and <= '\ufaff' or >= '\ufe30' and <= '\ufe6f' or >= '\uff00' and <= '\uff60' ? 2 : 1);
    }

    private static string[] Names(DbDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    private static string Text(object value) => value switch
    {
        DateTime d => d.ToString(d.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal d => d.ToString(CultureInfo.InvariantCulture),
        bool b => b ? "true" : "false",
        System.Collections.IList list => "[" + string.Join(", ", list.Cast<object?>().Select(o => o is null ? "" : Text(o))) + "]",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
