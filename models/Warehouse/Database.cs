using System.Globalization;
using DuckDB.NET.Data;

namespace Innovation1551.Models.Warehouse;

/// <summary>Opening DuckDB files in the ways that are safe here.</summary>
public static class Database
{
    private static readonly Lock Opening = new();

    /// <summary>One gigabyte, and what needs more goes by way of the disk: memory does not grow with the rows. At ten million of them a load takes no longer.</summary>
    private const string Writing =
        "set memory_limit = '1GB'; set timezone = 'UTC'; set preserve_insertion_order = true; set autoinstall_known_extensions = false; set autoload_known_extensions = false";

    /// <summary>How new files are laid out: as engines since 1.3 read it. Texts take half the time to be packed that the layout of 1.0 takes, and less room.</summary>
    private const string Layout = "v1.3.0";

    /// <summary>
    /// Opens a file for writing. The path is made canonical first: two spellings of one path opened in one process
    /// would be two databases over one file, and lose commits.
    /// </summary>
    public static DuckDBConnection OpenForWriting(string path, int? threads = null)
    {
        var file = Canonical(path);
        var connection = new DuckDBConnection($"DataSource={file};storage_compatibility_version={Layout}{Threads(threads)}");
        connection.Open();
        Demand(connection, file);
        connection.Run(Writing);
        return connection;
    }

    /// <summary>
    /// Opens a new file that counts for nothing until it is whole. It has no write-ahead log: each of a thousand statements would bring
    /// its log to the disk and, every few, all of it into the file, only for the file to be thrown away after a crash. Ends with <c>checkpoint</c>.
    /// </summary>
    public static DuckDBConnection OpenForBuilding(string path, int? threads = null)
    {
        var connection = new DuckDBConnection("DataSource=:memory:" + Threads(threads));
        connection.Open();
        var file = Canonical(path);
        connection.Run(
            $"{Writing}; set checkpoint_threshold = '1GB'; set temp_directory = {Sql.Literal(file + ".tmp")}; attach {Sql.Literal(file)} as building (recovery_mode 'no_wal_writes', storage_version '{Layout}'); use building"
        );
        return connection;
    }

    /// <summary>Opens one more connection to a database that is open, with the same database in use: work goes on beside that of the first.</summary>
    public static DuckDBConnection OpenBeside(DuckDBConnection connection)
    {
        // A file that this process has open is opened once more under the same text; a database in memory has no other name.
        var other = connection.ConnectionString.Contains(":memory:", StringComparison.Ordinal) ? connection.Duplicate() : new(connection.ConnectionString);
        other.Open();
        // Of a release that is open for reading no setting may be changed, and none has to be.
        if (connection.Scalar<string>("select current_database()") is { } database && other.Scalar<string>("select current_database()") != database)
            other.Run($"use {Sql.Name(database)}");
        return other;
    }

    /// <summary>
    /// Opens a finished file for reading and nothing else, refuses one with a write-ahead log beside it (a release has none;
    /// a planted one would be replayed), and reads every setting back, because DuckDB.NET gives an already open database of
    /// the same file whatever the connection string says. A release is opened by <c>OpenRelease</c>, which also checks that it is what was published.
    /// </summary>
    /// <param name="scratchFolder">What does not fit into memory goes into a folder of this process below it, which DuckDB makes and removes.</param>
    /// <param name="beside">Files to be read in the same queries, under these names.</param>
    /// <exception cref="ReleaseException">A file cannot be opened safely.</exception>
    public static DuckDBConnection OpenForReading(string path, string scratchFolder, params IReadOnlyList<(string Name, string Path)> beside)
    {
        var file = Finished(path);
        var others = beside.Select(b => (b.Name, Path: Finished(b.Path))).ToList();
        Directory.CreateDirectory(scratchFolder);
        var settings = ReadingSettings(scratchFolder);
        // Other files can be attached before what forbids the access to all others, which is last, and not after it.
        var first = others.Count == 0 ? settings : settings[..^1];
        var connection = new DuckDBConnection($"DataSource={file};{string.Join(';', first.Select(s => $"{s.Name}={s.Value}"))}");
        lock (Opening)
        {
            connection.Open();
            try
            {
                Demand(connection, file);
                foreach (var other in others)
                    connection.Run($"attach {Sql.Literal(other.Path)} as {Sql.Name(other.Name)} (read_only)");
                if (others.Count > 0)
                    connection.Run("set enable_external_access = false");
                // Connections of one process to one file share their settings: the first one sets them and locks them for all.
                if (!connection.Scalar<bool>("select current_setting('lock_configuration')"))
                    connection.Run("set global timezone = 'UTC'; set lock_configuration = true");
                DemandSettings(connection, [.. settings, ("lock_configuration", "true"), ("timezone", "UTC")]);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        return connection;
    }

    /// <summary>The one spelling of a file that is there and has no log beside it.</summary>
    private static string Finished(string path)
    {
        var file = Canonical(path);
        if (!File.Exists(file))
            throw new ReleaseException(new($"没有文件 {file}", $"there is no file {file}"));
        foreach (var planted in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".wal*"))
            throw new ReleaseException(
                new(
                    $"{Path.GetFileName(file)} 旁有日志文件 {Path.GetFileName(planted)}，可能被篡改，拒绝打开",
                    $"a write-ahead log {Path.GetFileName(planted)} lies beside {Path.GetFileName(file)}; it may be forged, so the file is not opened"
                )
            );
        return file;
    }

    /// <summary>What the engine may take for a file that is read. A process has one limit for all, set before it opens any.</summary>
    public static string ReadingMemory { get; set; } = "2.0 GiB";

    /// <summary>In this order: what names folders comes before what forbids the access to all others, which cannot be taken back.</summary>
    private static (string Name, string Value)[] ReadingSettings(string scratchFolder)
    {
        var scratch = Path.GetFullPath(scratchFolder);
        // Neither is ever made: nothing is installed and no secret kept.
        var nowhere = Path.Combine(scratch, "none");
        return
        [
            ("access_mode", "READ_ONLY"),
            // A folder of its own, because DuckDB lets a query read and write in it.
            ("temp_directory", Path.Combine(scratch, $"spill-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}")),
            ("max_temp_directory_size", "4.0 GiB"),
            ("extension_directory", nowhere),
            ("secret_directory", nowhere),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
            ("allow_unsigned_extensions", "false"),
            ("allow_persistent_secrets", "false"),
            ("memory_limit", ReadingMemory),
            ("enable_external_access", "false"),
        ];
    }

    private static void DemandSettings(DuckDBConnection connection, IReadOnlyList<(string Name, string Value)> settings)
    {
        var read = connection.Rows($"select {string.Join(", ", settings.Select(s => $"cast(current_setting('{s.Name}') as varchar)"))}")[0];
        for (var i = 0; i < settings.Count; i++)
            if (!string.Equals(read[i] as string, settings[i].Value, StringComparison.OrdinalIgnoreCase))
                throw new ReleaseException(
                    new(
                        $"设置 {settings[i].Name} 应为 {settings[i].Value}，实为 {read[i]}：本进程已以其他方式打开该文件",
                        $"setting {settings[i].Name} should be {settings[i].Value} but is {read[i]}: this process has the file open in another way"
                    )
                );
    }

    private static string Threads(int? threads) => threads is { } t ? $";threads={t.ToString(CultureInfo.InvariantCulture)}" : "";

    /// <summary>DuckDB.NET takes two names that differ in case only for one, and gives whichever database came first.</summary>
    private static void Demand(DuckDBConnection connection, string file)
    {
        var actual = FileOf(connection);
        if (actual == file)
            return;
        connection.Dispose();
        throw new ReleaseException(
            new(
                $"要打开的是 {file}，得到的是 {actual}：文件名只差大小写，请改名",
                $"{file} was asked for and {actual} was opened: the names differ in case only; rename one"
            )
        );
    }

    /// <summary>The file that a connection was opened on.</summary>
    public static string FileOf(DuckDBConnection connection) =>
        connection.Scalar<string>("select path from duckdb_databases() where database_name = current_database()")!;

    /// <summary>The one spelling of a path: absolute, links resolved wherever they stand in it.</summary>
    public static string Canonical(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var place = Path.Combine(Canonical(parent), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);
        return entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target ? Canonical(target) : place;
    }

    /// <summary>Runs one or more statements.</summary>
    public static void Run(this DuckDBConnection connection, string sql, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row; default where null or no row.</summary>
    public static T? Scalar<T>(this DuckDBConnection connection, string sql, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        // DuckDB sums whole numbers into 128 bits, which the framework's conversions do not know.
        return command.ExecuteScalar() is { } value and not DBNull
            ? value is System.Numerics.BigInteger big
                ? (T)Convert.ChangeType((decimal)big, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture)
                : (T)Convert.ChangeType(value, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture)
            : default;
    }

    /// <summary>All rows of a small result, each as its values with null for SQL null.</summary>
    public static List<object?[]> Rows(this DuckDBConnection connection, string sql, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>The rows of a result one after the other; there may be millions. Nothing else may be asked of the connection meanwhile. The values are those of the last row.</summary>
    public static IEnumerable<object?[]> Stream(this DuckDBConnection connection, string sql, params object?[] parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.UseStreamingMode = true;
        using var reader = command.ExecuteReader();
        var row = new object?[reader.FieldCount];
        while (reader.Read())
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            yield return row;
        }
    }

    private static DuckDBCommand Command(DuckDBConnection connection, string sql, object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.Add(new DuckDBParameter(parameter ?? DBNull.Value));
        return command;
    }
}

/// <summary>A release cannot be opened or is not what it says.</summary>
public sealed class ReleaseException(Text problem) : Refusal(problem);
