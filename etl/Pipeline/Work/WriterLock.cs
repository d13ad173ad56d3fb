using System.Globalization;
using System.Text;

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
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new(file);
        }
        catch (IOException) when (File.Exists(workspace.LockFile))
        {
            throw new WorkspaceBusyException(Holder(workspace.LockFile));
        }
    }

    public void Dispose() => file.Dispose();

    private static string Holder(string path)
    {
        // Sharing everything takes no lock, so the holder's number can be read while it holds.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Trim() is { Length: > 0 } pid ? pid : "?";
    }
}
