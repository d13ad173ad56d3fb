using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Returns.Reading.Workbook;
using Innovation1551.Returns.Sheets;

namespace Innovation1551.Returns.Reading.Child;

/// <summary>Parquet through the engine, every value as text so that no digit is lost. Runs in the child process only.</summary>
internal static class ParquetRows
{
    public static void Write(string path, long memory, RowWriter output)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        // The one file may be read, and nothing else; nothing is fetched, installed or spilled.
        Run(
            connection,
            "set autoinstall_known_extensions=false; set autoload_known_extensions=false; set threads=1; set temp_directory=''; set TimeZone='UTC';"
        );
        Run(connection, $"set memory_limit='{Math.Max(64, (memory >> 20) / 2)}MiB';");
        Run(connection, $"set allowed_paths=[{Sql.Literal(path)}]; set enable_external_access=false; set lock_configuration=true;");
        // Brackets and stars in a path would be a pattern.
        if (path.AsSpan().IndexOfAny("*?[{") >= 0)
            throw new InvalidOperationException("the path has characters of a pattern");

        var kinds = new List<CellKind>();
        var exact = new List<bool>();
        var names = new List<string>();
        using (var describe = connection.CreateCommand())
        {
            describe.CommandText = $"describe select * from read_parquet({Sql.Literal(path)})";
            using var reader = describe.ExecuteReader();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
                var type = reader.GetString(1);
                kinds.Add(KindOf(type));
                exact.Add(type is not ("DOUBLE" or "FLOAT"));
            }
        }
        output.Columns(names);
        using var select = connection.CreateCommand();
        select.UseStreamingMode = true;
        select.CommandText = $"select cast(columns(*) as varchar) from read_parquet({Sql.Literal(path)})";
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            output.StartRow();
            for (var i = 0; i < kinds.Count; i++)
            {
                if (rows.IsDBNull(i))
                    output.Cell(CellKind.Blank, null);
                else
                    Cell(output, kinds[i], exact[i], rows.GetString(i));
            }
            output.EndRow();
        }
    }

    private static void Cell(RowWriter output, CellKind kind, bool exact, string text)
    {
        if (kind == CellKind.Number && !exact)
            text = Shown(text);
        if (kind == CellKind.Date)
            text = Iso(text, ref kind);
        if (kind == CellKind.Boolean)
            text = text.ToUpperInvariant();
        output.Cell(kind, text);
    }

    /// <summary>A binary number as spreadsheets show it; nan and inf become text that no parser takes for a number.</summary>
    private static string Shown(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? StoredNumber.Shown(value) : text;

    /// <summary>Whole days and whole seconds are dates; anything finer or with a zone stays text as it is.</summary>
    private static string Iso(string text, ref CellKind kind)
    {
        if (text.Length == 10)
            return text;
        if (text.Length == 19 && text[10] == ' ')
            return text.EndsWith("00:00:00", StringComparison.Ordinal) ? text[..10] : string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11));
        kind = CellKind.Text;
        return text;
    }

    private static CellKind KindOf(string type) =>
        type switch
        {
            "TINYINT"
            or "SMALLINT"
            or "INTEGER"
            or "BIGINT"
            or "HUGEINT"
            or "UTINYINT"
            or "USMALLINT"
            or "UINTEGER"
            or "UBIGINT"
            or "UHUGEINT"
            or "DOUBLE"
            or "FLOAT" => CellKind.Number,
            "BOOLEAN" => CellKind.Boolean,
            "DATE" or "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => CellKind.Date,
            _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) && !type.EndsWith(']') => CellKind.Number,
            _ => CellKind.Text,
        };

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
