using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// Many Parquet files in one folder, by one database in memory that may read and write there and nowhere else. It has one thread, so that the
/// same rows make the same bytes on any machine.
/// </summary>
public sealed class ParquetFolder : IDisposable
{
    /// <param name="folder">It is there.</param>
    public ParquetFolder(string folder)
    {
        Connection = new DuckDBConnection("DataSource=:memory:");
        Connection.Open();
        Connection.Run(
            $"set timezone = 'UTC'; set memory_limit = '1GB'; set threads = 1; set allowed_directories = [{Sql.Literal(Path.GetFullPath(folder))}]; "
                + "set enable_external_access = false; set lock_configuration = true"
        );
        Format = new ParquetFormat(this);
    }

    /// <summary>Reads what was written.</summary>
    public DuckDBConnection Connection { get; }

    public ITableFormat Format { get; }

    public void Dispose() => Connection.Dispose();
}
