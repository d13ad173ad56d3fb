using Innovation1551.Models.Warehouse;

namespace Innovation1551.Models.Exchange;

/// <summary>A file that leaves: written beside its place under a name of its own and renamed when it is whole.</summary>
public static class NewFile
{
    /// <summary>Says whether a file may be written there, before any work is begun.</summary>
    /// <param name="replace">True where a file that stands there may go.</param>
    /// <param name="closed">A folder into which nothing may be written, links resolved.</param>
    /// <returns>The path with links in its folders resolved.</returns>
    /// <exception cref="TableRefusedException">It may not; says why.</exception>
    public static string Check(string path, bool replace, string closed)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw Refused($"{path} 是文件夹，请给出文件名", $"{path} is a folder; name a file");
        if (!Directory.Exists(folder))
            throw Refused($"没有文件夹 {folder}", $"there is no folder {folder}");
        var place = Path.Combine(Database.Canonical(folder), Path.GetFileName(full));
        var shut = Database.Canonical(closed);
        if (
            (place + Path.DirectorySeparatorChar).StartsWith(
                shut + Path.DirectorySeparatorChar,
                OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
            )
        )
            throw Refused(
                $"{path} 在工作区 {shut} 内，查询结果不写入工作区；请写到别处",
                $"{path} is inside the workspace {shut}, into which no result is written; name a place outside it"
            );
        var entry = new FileInfo(place);
        if (entry.LinkTarget is not null)
            throw Refused($"{path} 是链接，请写出它所指的文件", $"{path} is a link; name the file that is meant");
        if (!entry.Exists)
            return place;
        // A device or a pipe would be replaced by a file, or never end.
        if (!IsOrdinary(place))
            throw Refused($"{path} 不是普通文件（设备或管道）", $"{path} is no ordinary file (a device or a pipe)");
        if (!replace)
            throw Refused($"{path} 已存在；要替换请加 --force", $"{path} exists; add --force to replace it");
        return place;
    }

    /// <summary>Writes the file; where anything goes wrong, what stood there before still does and nothing is left beside it.</summary>
    /// <param name="place">As <see cref="Check"/> gave it.</param>
    public static T Write<T>(string place, bool replace, Func<FileStream, T> write)
    {
        var part = Path.Combine(Path.GetDirectoryName(place)!, $".{Guid.NewGuid():N}.part");
        try
        {
            T result;
            // Parquet is written by DuckDB, which opens the file by its name.
            using (var stream = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                result = write(stream);
                stream.Flush(flushToDisk: true);
            }
            FaultPoint.Reach("export.written");
            try
            {
                File.Move(part, place, overwrite: replace);
            }
            catch (IOException e) when (!replace && File.Exists(place))
            {
                throw new TableRefusedException(new($"{place} 在写入期间出现，未替换", $"{place} came to be meanwhile and is not replaced"), e);
            }
            return result;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static bool IsOrdinary(string path)
    {
        try
        {
            using var regular = RegularFile.Open(path);
            if (regular is null)
                return false;
            // The rename would replace it whatever its rights are.
            using var opened = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new TableRefusedException(new($"{path} 不可写：{e.Message}", $"{path} cannot be written: {e.Message}"), e);
        }
    }

    private static TableRefusedException Refused(string zh, string en) => new(new(zh, en));
}
