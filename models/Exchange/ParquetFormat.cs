using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.C;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Exchange;

/// <summary>
/// Parquet with ZSTD. DuckDB writes it, but not the connection that runs the query, which must touch no file: a database in memory of its
/// own takes the rows as an Arrow stream, may write this one file, and never sees the query.
/// </summary>
/// <param name="folder">Where many files are written into one folder: a database for all of them.</param>
internal sealed partial class ParquetFormat(ParquetFolder? folder = null) : ITableFormat
{
    public string Name => "parquet";

    // An INTERVAL of Parquet has milliseconds, DuckDB's microseconds.
    public ColumnFit Fit(string type) => TableFormats.AsTyped(type, "INTERVAL");

    public async Task<long> Write(TableRows rows, TableAbout about, Stream stream, TableNotes notes, CancellationToken cancel)
    {
        if (stream is FileStream { Name: var path })
            return Copy(path, rows, about, notes, cancel);
        var aside = Directory.CreateTempSubdirectory("innovation1551-");
        try
        {
            path = Path.Combine(aside.FullName, "table.parquet");
            var count = Copy(path, rows, about, notes, cancel);
            using var file = File.OpenRead(path);
            await file.CopyToAsync(stream, cancel);
            return count;
        }
        finally
        {
            aside.Delete(recursive: true);
        }
    }

    private long Copy(string path, TableRows rows, TableAbout about, TableNotes notes, CancellationToken cancel)
    {
        if (folder is not null)
            return Copy(folder.Connection, path, rows, about, notes, cancel);
        using var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        database.Run(
            $"set timezone = 'UTC'; set memory_limit = '1GB'; set allowed_paths = [{Literal(path)}]; set enable_external_access = false; set lock_configuration = true"
        );
        return Copy(database, path, rows, about, notes, cancel);
    }

    private static long Copy(DuckDBConnection database, string path, TableRows rows, TableAbout about, TableNotes notes, CancellationToken cancel)
    {
        using var source = new Source(rows, notes, cancel);
        var metadata = string.Join(", ", about.Pairs(notes.All).Select(p => $"{Literal(p.Key)}: {Literal(p.Value)}"));
        var incoming = Export(source);
        try
        {
            if (Scan(database.NativeConnection.DangerousGetHandle(), "incoming", incoming) != 0)
                throw new InvalidOperationException("DuckDB does not take the Arrow stream");
            using var copy = database.CreateCommand();
            copy.CommandText = $"copy (from incoming) to {Literal(path)} (format parquet, compression zstd, use_tmp_file false, kv_metadata {{{metadata}}})";
            using var stop = cancel.Register(copy.Cancel);
            return copy.ExecuteNonQuery();
        }
        catch (DuckDBException) when (source.Failure is { } failure)
        {
            // DuckDB tells only that the stream broke; why is what the reader of the query has to know.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            throw;
        }
        catch (DuckDBException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        finally
        {
            Free(incoming);
        }
    }

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static unsafe nint Export(IArrowArrayStream stream)
    {
        var exported = CArrowArrayStream.Create();
        CArrowArrayStreamExporter.ExportArrayStream(stream, exported);
        return (nint)exported;
    }

    private static unsafe void Free(nint stream) => CArrowArrayStream.Free((CArrowArrayStream*)stream);

    /// <summary>Makes a view of an Arrow stream. DuckDB.NET binds every other function of DuckDB's C interface that is needed here.</summary>
    [LibraryImport("duckdb", EntryPoint = "duckdb_arrow_scan", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Scan(nint connection, string view, nint stream);

    /// <summary>The batches one after the other; keeps what went wrong, which the C interface cannot carry.</summary>
    private sealed class Source(TableRows rows, TableNotes notes, CancellationToken cancel) : IArrowArrayStream
    {
        private readonly IAsyncEnumerator<RecordBatch> _batches = rows.Batches.GetAsyncEnumerator(cancel);

        public Exception? Failure { get; private set; }

        public Schema Schema => rows.Schema;

        public async ValueTask<RecordBatch?> ReadNextRecordBatchAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                if (!await _batches.MoveNextAsync())
                    return null;
                ArrowFormat.Infinities(_batches.Current, notes);
                return _batches.Current;
            }
            catch (Exception e)
            {
                Failure = e;
                throw;
            }
        }

        public void Dispose() => _batches.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
