using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Work;

/// <summary>A folder of the workspace cannot be used, or there is none.</summary>
public sealed class FolderRefusedException(Text problem, Exception? cause = null) : Refusal(problem, cause);

/// <summary>The folders of one workspace.</summary>
public sealed record Workspace(string Root)
{
    public string Inbox => Path.Combine(Root, "inbox");
    public string Received => Path.Combine(Root, "received");
    public string Feedback => Path.Combine(Root, "feedback");
    public string Review => Path.Combine(Root, "review");
    public string Warehouse => Path.Combine(Root, "warehouse");

    /// <summary>Where what is damaged is set aside.</summary>
    public string Damaged => Path.Combine(Warehouse, "damaged");
    public string Landing => Path.Combine(Warehouse, "landing.duckdb");
    public string Releases => Path.Combine(Root, "releases");
    public string Reports => Path.Combine(Root, "reports");
    public string Published => Path.Combine(Root, "published");
    public string Logs => Path.Combine(Root, "logs");
    public string History => Path.Combine(Root, "history");
    public string Scratch => Path.Combine(Root, "scratch");
    public string LockFile => Path.Combine(Root, ".writer");

    public static Workspace At(string? folder) => new(Path.GetFullPath(folder ?? "workspace"));

    public bool IsThere => Directory.Exists(Root);

    /// <summary>A workspace beside this one whose name is much like it; null where there is none.</summary>
    public string? Near =>
        Path.GetDirectoryName(Root) is { } beside && Directory.Exists(beside)
            ? Nearest.Of(
                Path.GetFileName(Root),
                Directory.EnumerateDirectories(beside).Where(d => d != Root && IsOne(d)).Take(10_000).Select(d => Path.GetFileName(d))
            )
                is { } name
                ? Path.Combine(beside, name)
                : null
            : null;

    /// <exception cref="FolderRefusedException">There is no such workspace; names one that may have been meant.</exception>
    public void Demand()
    {
        if (IsThere)
            return;
        throw new FolderRefusedException(
            Near is { } near
                ? new($"没有工作区 {Root}；是否指 {near}？什么都没有新建", $"there is no workspace {Root}; did you mean {near}? Nothing was made")
                : new(
                    $"没有工作区 {Root}；请用 --workspace 指明，或先运行 innovation run 或 innovation load 文件。什么都没有新建",
                    $"there is no workspace {Root}; name it with --workspace, or begin with innovation run or innovation load FILE. Nothing was made"
                )
        );
    }

    private static bool IsOne(string folder) => Directory.Exists(Path.Combine(folder, "received")) || Directory.Exists(Path.Combine(folder, "inbox"));

    /// <summary>Makes the folders where they are absent and tries each, so that work that would fail in the middle is not begun. The inbox is only read.</summary>
    /// <exception cref="FolderRefusedException">One cannot be made, written or read; says which and what to do.</exception>
    public Workspace Make()
    {
        foreach (var folder in (string[])[Root, Inbox, Received, Feedback, Warehouse, Releases, Reports, Logs, Scratch])
            Try(folder);
        return this;
    }

    private void Try(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using (var entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator())
                entries.MoveNext();
            if (folder == Inbox)
                return;
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
            using (new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) { }
        }
        catch (Exception e) when (e is (IOException or UnauthorizedAccessException) && !DiskFull.Is(e))
        {
            var (zh, en) = folder == Inbox ? ("读取", "read") : ("写入", "written");
            throw new FolderRefusedException(
                new(
                    $"文件夹 {folder} 无法{zh}：{e.Message}。尚未开始任何工作；请授予本用户权限（chmod/chown，或以可写方式挂载），或用 --workspace 另选工作区",
                    $"the folder {folder} cannot be {en}: {e.Message}. Nothing was begun; give this user the right to it (chmod or chown, or mount it writable), or choose another workspace with --workspace"
                ),
                e
            );
        }
    }

    /// <summary>
    /// About how much free space a load and a build take here: each waiting file once in the archive and once in landing, landing
    /// again while it is written, a new release beside the last. In bytes.
    /// </summary>
    public long SpaceNeeded()
    {
        var landing = new FileInfo(Landing) is { Exists: true } file ? file.Length : 0;
        return 2 * Size(Inbox) + landing + 2 * Directory.EnumerateDirectories(Releases, "r*").Select(Size).DefaultIfEmpty(landing).Max() + (32 << 20);

        static long Size(string folder) =>
            new DirectoryInfo(folder)
                .EnumerateFiles(
                    "*",
                    new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        AttributesToSkip = FileAttributes.ReparsePoint,
                        IgnoreInaccessible = true,
                    }
                )
                .Sum(f => f.Length);
    }
}
