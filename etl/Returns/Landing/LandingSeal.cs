using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Returns.Landing;

/// <summary>
/// The digest of landing as its last writer left it, in a file beside it. Broken before a writer begins and made when he ends: where
/// it is, any change since is damage; where it is not, a writer was killed, and every block is read once, which DuckDB checks.
/// Damaged landing is set aside, never deleted, and made again from the archive.
/// </summary>
public static class LandingSeal
{
    private static readonly Lock Counting = new();
    private static readonly Dictionary<string, int> Writers = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a sealed store that nobody is writing; null where nothing is, or it is not sealed.</summary>
    public static Text? Fault(string landing)
    {
        var seal = PathOf(landing);
        if (!File.Exists(landing) || !File.Exists(seal))
            return null;
        if (File.Exists(landing + ".wal"))
            return new("landing.duckdb 旁有不属于它的日志文件", "a log that is not its own lies beside landing.duckdb");
        return new FileInfo(seal).Length > 200 || File.ReadAllText(seal) != Line(landing)
            ? new("landing.duckdb 与上次写入后的哈希不符，已损坏或被改动", "landing.duckdb is not what was written last: it is damaged or was changed")
            : null;
    }

    /// <summary>The same for who holds the writer's lock, also of a store that is not sealed: every block is read.</summary>
    public static Text? Examine(string landing) =>
        File.Exists(PathOf(landing)) ? Fault(landing)
        : File.Exists(landing) ? Unreadable(landing)
        : null;

    /// <summary>For who only reads.</summary>
    /// <exception cref="ReleaseException">The store is damaged; says how it is made again.</exception>
    public static void Demand(string landing)
    {
        if (Fault(landing) is { } fault)
            throw new ReleaseException(
                new(
                    $"{fault.Zh}，未使用；innovation build 会将其移到一旁并由存档重建",
                    $"{fault.En}; it is not used. innovation build sets it aside and makes it again from the archive"
                )
            );
    }

    /// <summary>Breaks the seal for a writer. Returns what was found damaged and set aside; null where the store is sound or new.</summary>
    internal static Text? Break(string landing)
    {
        lock (Counting)
        {
            var key = Database.Canonical(landing);
            var others = Writers.GetValueOrDefault(key);
            Writers[key] = others + 1;
            if (others > 0)
                return null;
        }
        var wasSealed = File.Exists(PathOf(landing));
        var fault = Examine(landing);
        if (fault is not null)
        {
            var aside = SetAside(landing);
            fault = new($"{fault.Zh}；已移到 {aside}，由存档重建", $"{fault.En}; it was moved to {aside} and is made again from the archive");
        }
        if (!wasSealed)
            return fault;
        File.Delete(PathOf(landing));
        Durable.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(landing))!);
        FaultPoint.Reach("landing.unsealed");
        return fault;
    }

    /// <summary>Seals the store once its last writer here has closed it; what has kept a log stays unsealed.</summary>
    internal static void Make(string landing)
    {
        lock (Counting)
        {
            var key = Database.Canonical(landing);
            if ((Writers[key] = Writers.GetValueOrDefault(key, 1) - 1) > 0)
                return;
            Writers.Remove(key);
        }
        if (!File.Exists(landing) || File.Exists(landing + ".wal"))
            return;
        var part = PathOf(landing) + ".part";
        try
        {
            File.WriteAllText(part, Line(landing));
            Durable.Flush(part);
            File.Move(part, PathOf(landing), overwrite: true);
            FaultPoint.Reach("landing.sealed");
        }
        catch (IOException)
        {
            // On a full disk there is no seal, and the next writer reads every block.
            File.Delete(part);
        }
    }

    private static string PathOf(string landing) => landing + ".sha256";

    /// <summary>In the format of coreutils: <c>sha256sum -c</c> checks it too.</summary>
    private static string Line(string landing) => $"{FileHash.Of(landing)}  {Path.GetFileName(landing)}\n";

    private static Text? Unreadable(string landing)
    {
        try
        {
            using var connection = Database.OpenForWriting(landing);
            foreach (
                var table in connection.Rows("select format('{}.{}', schema_name, table_name) from duckdb_tables() where database_name = current_database()")
            )
                connection.Scalar<string>($"select cast(bit_xor(hash(t)) as varchar) from {table[0]} as t");
            return null;
        }
        catch (DuckDBException e)
            when (!DiskFull.Is(e)
                && !((string[])["Could not set lock", "Permission denied", "Out of Memory"]).Any(s => e.Message.Contains(s, StringComparison.OrdinalIgnoreCase))
            )
        {
            var why = e.Message.ReplaceLineEndings(" ");
            return new($"landing.duckdb 已损坏，无法读取（{why}）", $"landing.duckdb is damaged and cannot be read ({why})");
        }
    }

    private static string SetAside(string landing)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(landing))!, "damaged")).FullName;
        var aside = Path.Combine(folder, $"landing-{FileHash.Of(landing)[..12]}.duckdb");
        // The log first: alone it would be replayed into the new file.
        if (File.Exists(landing + ".wal"))
            File.Move(landing + ".wal", aside + ".wal", overwrite: true);
        FaultPoint.Reach("landing.log-set-aside");
        File.Move(landing, aside, overwrite: true);
        FaultPoint.Reach("landing.set-aside");
        return aside;
    }
}
