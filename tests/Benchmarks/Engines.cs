using System.Globalization;
using Innovation1551.Models.Dissemination;
using Innovation1551.Models.Dissemination.Engines;
using Innovation1551.Models.Warehouse;
using Npgsql;

namespace Innovation1551.Benchmarks;

/// <summary>
/// The table of eight columns of <see cref="Writers"/> going into PostgreSQL as a release's tables do, against the same rows only read from DuckDB. The server
/// is the one that INNOVATION_POSTGRES names; the table is gone afterwards.
/// </summary>
internal static class Engines
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        if (Environment.GetEnvironmentVariable("INNOVATION_POSTGRES") is not { Length: > 0 } to)
        {
            Console.Error.WriteLine("engines: INNOVATION_POSTGRES names no server");
            yield break;
        }
        var rows = scale == Scale.Full ? 1_000_000 : 100_000;
        using var folder = Measuring.Folder();
        using var ours = Database.OpenForWriting(folder.At("ours.duckdb"));
        ours.Run("create table fact as " + Writers.Rows, rows);
        var columns = ours.Rows("select column_name, data_type from duckdb_columns() where table_name = 'fact' order by column_index")
            .Select(r => EngineColumn.Of(new CanonicalColumn((string)r[0]!, (string)r[1]!, "")))
            .ToList();
        using var connection = new NpgsqlConnection(to);
        connection.Open();
        var (written, read) = Measuring.Medians(
            scale == Scale.Full ? 5 : 3,
            () =>
            {
                using var transaction = connection.BeginTransaction();
                using (
                    var make = new NpgsqlCommand(
                        $"create table pg_temp_fact ({string.Join(", ", columns.Select(c => $"{Sql(c.Name)} {PostgresEngine.Type(c)}"))})",
                        connection
                    )
                )
                    make.ExecuteNonQuery();
                PostgresCopy.Write(ours, "from fact", columns, connection, "pg_temp_fact", CancellationToken.None);
                // Nothing of it stays.
                transaction.Rollback();
            },
            () =>
            {
                var values = 0L;
                foreach (var row in ours.Stream("from fact"))
                    values += row.Length;
            }
        );
        yield return new(
            $"{rows.ToString("N0", CultureInfo.InvariantCulture)} rows of 8 columns to PostgreSQL: {(rows / written).ToString("N0", CultureInfo.InvariantCulture)} rows a second",
            written,
            "the same rows read from DuckDB alone",
            read,
            "≥ 200,000 rows a second"
        );
    }

    private static string Sql(string name) => Innovation1551.Models.Sql.Name(name);
}
