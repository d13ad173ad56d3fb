using System.Data.Common;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;
using Npgsql;
using NpgsqlTypes;

namespace Innovation1551.Models.Dissemination.Engines;

/// <summary>Rows from DuckDB into a table of PostgreSQL by binary COPY: no value becomes a text on the way, and the rows stream.</summary>
internal static class PostgresCopy
{
    private const long RowsBetweenLooks = 10_000;

    /// <summary>Where the server's days and moments begin. They are sent as numbers, for of 9999-12-31 the driver would make infinity.</summary>
    private static readonly DateTime Origin = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly int OriginDay = DateOnly.FromDateTime(Origin).DayNumber;

    /// <param name="query">Gives the columns, perhaps among others.</param>
    /// <param name="columns">In the order of the table.</param>
    /// <param name="table">Made in the same transaction: its rows are seen by all as soon as they are committed, and nobody has to come and mark them.</param>
    public static void Write(
        DuckDBConnection release,
        string query,
        IReadOnlyList<EngineColumn> columns,
        NpgsqlConnection connection,
        string table,
        CancellationToken cancel
    )
    {
        using var command = release.CreateCommand();
        command.CommandText = $"select {EngineTotals.Reads(columns)} from ({query})";
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        using var copy = connection.BeginBinaryImport(
            $"copy {table} ({string.Join(", ", columns.Select(c => Sql.Name(c.Name)))}) from stdin (format binary, freeze)"
        );
        var write = columns.Select(Writer).ToArray();
        for (var row = 1L; reader.Read(); row++)
        {
            if (row % RowsBetweenLooks == 0)
                cancel.ThrowIfCancellationRequested();
            copy.StartRow();
            for (var i = 0; i < write.Length; i++)
                if (reader.IsDBNull(i))
                    copy.WriteNull();
                else
                    write[i](reader, i, copy);
        }
        copy.Complete();
    }

    private static Action<DbDataReader, int, NpgsqlBinaryImporter> Writer(EngineColumn column) =>
        (column.Kind, column.Precision) switch
        {
            (EngineKind.Whole, 16) => static (r, i, w) => w.Write(r.GetInt16(i), NpgsqlDbType.Smallint),
            (EngineKind.Whole, 32) => static (r, i, w) => w.Write(r.GetInt32(i), NpgsqlDbType.Integer),
            (EngineKind.Whole, _) => static (r, i, w) => w.Write(r.GetInt64(i), NpgsqlDbType.Bigint),
            (EngineKind.Decimal, _) => static (r, i, w) => w.Write(r.GetDecimal(i), NpgsqlDbType.Numeric),
            (EngineKind.Text, _) => static (r, i, w) => w.Write(r.GetString(i), NpgsqlDbType.Text),
            (EngineKind.Day, _) => static (r, i, w) => w.Write(r.GetFieldValue<DateOnly>(i).DayNumber - OriginDay, NpgsqlDbType.Date),
            (EngineKind.Moment, _) => static (r, i, w) => w.Write((r.GetDateTime(i) - Origin).Ticks / TimeSpan.TicksPerMicrosecond, NpgsqlDbType.Timestamp),
            (EngineKind.Truth, _) => static (r, i, w) => w.Write(r.GetBoolean(i), NpgsqlDbType.Boolean),
            _ => static (r, i, w) => w.Write(r.GetDouble(i), NpgsqlDbType.Double),
        };
}
