using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Landing;

namespace Innovation1551.Pipeline.Work;

/// <summary>Where a build starts: from a copy of the release in force, or, whenever that is in doubt, from nothing.</summary>
/// <param name="Anew">Why it starts from nothing; null where the copy stands in its place.</param>
/// <param name="Made">What the copy was made from, table by table; null where there is none.</param>
/// <param name="Damage">What was found wrong with the release in force while it was copied.</param>
internal sealed record StartingPoint(Text? Anew, IReadOnlyDictionary<string, Made>? Made = null, Text? Damage = null)
{
    /// <param name="last">The release in force, where it is whole.</param>
    /// <param name="asOf">The build is from the files of an older release.</param>
    /// <param name="force">Everything is to be made anew.</param>
    /// <param name="isGated">Rules of disclosure hold, which look at all figures at once.</param>
    /// <param name="largeFrom">Rows of a table of core from which on it pays to start from a copy.</param>
    /// <param name="path">Where the new warehouse is to stand; the copy is made there.</param>
    /// <param name="scratch">The workspace's folder for what may be thrown away.</param>
    public static StartingPoint Of(
        ReleaseStore store,
        Manifest? last,
        string definitionHash,
        string? asOf,
        bool force,
        bool isGated,
        long largeFrom,
        string path,
        string scratch
    )
    {
        if (force)
            return new(new Text("按要求全部重建", "as it was asked for"));
        if (last is null)
            return new(new Text("没有可用的上一版本", "there is no release before that is whole"));
        if (asOf is not null)
            return new(new Text("按较早版本的文件构建", "it is made from the files of an older release"));
        if (isGated)
            return new(new Text("启用了保密规则，需通盘计算", "rules of disclosure are on, which look at all figures at once"));
        if (last.DefinitionHash != definitionHash)
            return new(new Text("定义、报表或读取程序有变化", "definitions, forms or the reader have changed"));
        if (last.Tables.All(t => !t.Key.StartsWith("core.", StringComparison.Ordinal) || t.Value < largeFrom))
            return new(new Text("上一版本不大，全部重算并不更慢", "the release before is small, and starting from it would take no less"));
        File.Copy(store.WarehousePath(last), path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var start = OfCopy(last, path, scratch);
        if (start.Anew is null)
            FaultPoint.Reach("release.copied");
        else
            File.Delete(path);
        return start;
    }

    /// <summary>What is built on is looked at byte by byte now, not remembered.</summary>
    private static StartingPoint OfCopy(Manifest last, string path, string scratch)
    {
        if (FileHash.Of(path) != last.WarehouseSha256)
            return new(
                new Text("上一版本的文件已损坏", "the file of the release before is damaged"),
                Damage: new(
                    $"发布版本 {last.Id} 的文件与发布时不同，未在其上构建",
                    $"the file of release {last.Id} is not what was published, and is not built on"
                )
            );
        using var copy = Database.OpenForReading(path, scratch);
        var (program, made) = BuildAccount.Of(copy);
        if (program != Program)
            return new(new Text("上一版本由另一版程序构建", "another version of the program made the release before"));
        // Rows that were replaced leave room in the file, which the next ones take; a file of which most is room is written anew.
        return copy.Scalar<bool>(
            "select free_blocks * 2 > total_blocks and total_blocks > 100 from pragma_database_size() where database_name = current_database()"
        )
            ? new(new Text("上一版本的文件大半是空闲空间", "most of the file of the release before is free space"))
            : new(Anew: null, made);
    }

    /// <summary>A mark of the program and its engine: one more build of either, and everything is made anew once.</summary>
    public static string Program { get; } =
        string.Join(
            ' ',
            new[] { typeof(WarehouseBuilder), typeof(LandingStore), typeof(StartingPoint), typeof(DuckDB.NET.Native.NativeMethods) }.Select(t =>
                t.Module.ModuleVersionId.ToString("N")
            )
        );
}
