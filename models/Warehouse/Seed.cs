using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>Small tables that a statistician edits as CSV: code lists, plan targets, thresholds.</summary>
public static class Seed
{
    /// <summary>Makes a table of text columns from CSV text (RFC 4180, header in the first line); empty cells become null.</summary>
    /// <exception cref="DefinitionException">A line has another number of cells than the header; says which.</exception>
    public static void Load(DuckDBConnection connection, string table, string path, string text)
    {
        var rows = Parse(path, text);
        var header = rows[0];
        connection.Run($"create table {table} ({string.Join(", ", header.Select(h => $"\"{h}\" varchar"))})");
        var (schema, name) = (table.Split('.')[0], table.Split('.')[1]);
        using var appender = connection.CreateAppender(schema, name);
        foreach (var row in rows.Skip(1))
        {
            var line = appender.CreateRow();
            foreach (var cell in row)
                if (cell.Length == 0)
                    line.AppendNullValue();
                else
                    line.AppendValue(cell);
            line.EndRow();
        }
    }

    /// <summary>The cells of a CSV text, line by line, header first.</summary>
    public static List<string[]> Parse(string path, string text)
    {
        var rows = new List<string[]>();
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                    cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                    quoted = false;
            }
            else if (c == '"')
                quoted = true;
            else if (c == ',')
                Cell();
            else if (c == '\n')
                Line();
            else if (c is not ('\r' or '\uFEFF'))
                cell.Append(c);
        }
        if (cell.Length > 0 || cells.Count > 0)
            Line();
        return rows;

        void Cell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }

        void Line()
        {
            Cell();
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                if (rows.Count > 0 && cells.Count != rows[0].Length)
                    throw new DefinitionException(
                        path,
                        rows.Count + 1,
                        new($"应有 {rows[0].Length} 列，实有 {cells.Count} 列", $"{rows[0].Length} cells expected, {cells.Count} found")
                    );
                rows.Add([.. cells]);
            }
            cells.Clear();
        }
    }
}
