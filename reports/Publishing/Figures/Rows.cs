using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>Runs one parameterised query and turns each row into a record.</summary>
internal static class Rows
{
    public static List<T> Query<T>(DuckDBConnection connection, string sql, Func<DbDataReader, T> read, params object[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(new DuckDBParameter(parameter));
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    public static string String(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? "" : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture) ?? "";

    public static Text Text(this DbDataReader row, int zh) => new(row.String(zh), row.String(zh + 1));

    public static decimal? Decimal(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : Convert.ToDecimal(row.GetValue(column), CultureInfo.InvariantCulture);

    public static int Int(this DbDataReader row, int column) => row.IsDBNull(column) ? 0 : Convert.ToInt32(row.GetValue(column), CultureInfo.InvariantCulture);

    public static int? Count(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Int(column);

    public static bool Bool(this DbDataReader row, int column) => !row.IsDBNull(column) && row.GetBoolean(column);

    public static DateOnly? Date(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}
