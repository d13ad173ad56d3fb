using System.Globalization;

namespace Innovation1551.Pipeline.Work;

/// <summary>Another process writes in this workspace.</summary>
public sealed class WorkspaceBusyException(string holder) : Exception($"the workspace is held by process {holder}")
{
    public string Holder { get; } = holder;
}

/// <summary>One writer at a time, by a lock of the operating system on a file: it falls when the holder ends, however it ends.</summary>
public sealed class WriterLock : IDisposable
{
    private readonly FileStream file;

    private WriterLock(FileStream file) => this.file = file;

    /// <exception cref="WorkspaceBusyException">Another process holds it; says which.</exception>
    public static WriterLock Take(Workspace workspace)
    {
        try
        {
            var file = new FileStream(workspace.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(HolderFile(workspace), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(file);
        }
        catch (IOException) when (File.Exists(workspace.LockFile))
        {
            throw new WorkspaceBusyException(Holder(workspace));
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>The holder's number stands beside the lock: nobody else can open the locked file itself.</summary>
    private static string HolderFile(Workspace workspace) => workspace.LockFile + ".pid";

    private static string Holder(Workspace workspace) =>
        File.Exists(HolderFile(workspace)) && File.ReadAllText(HolderFile(workspace)).Trim() is { Length: > 0 } number ? number : "?";
}
