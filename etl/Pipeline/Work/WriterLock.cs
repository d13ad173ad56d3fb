using System.Globalization;
using Innovation1551.Models;

namespace Innovation1551.Pipeline.Work;

/// <summary>Another process writes in this workspace.</summary>
public sealed class WorkspaceBusyException(string holder)
    : Refusal(new($"工作区正被进程 {holder} 使用，请稍后再试", $"process {holder} is writing in this workspace; try again later"))
{
    public override int ExitCode => Terminal.ExitCode.Busy;
}

/// <summary>One writer at a time, by a lock of the operating system on a file: it falls when the holder ends, however it ends.</summary>
public sealed class WriterLock : IDisposable
{
    /// <summary>How long a new holder may take to write its number.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What the system says of a file that is locked: EWOULDBLOCK on Linux and macOS, a sharing violation on Windows.</summary>
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <exception cref="WorkspaceBusyException">Another process holds it; says which.</exception>
    public static WriterLock Take(Workspace workspace)
    {
        // The number of a holder that was killed stays until the next one has written its own: it names nobody.
        WriterLock? taken = null;
        var holder = "?";
        SpinWait.SpinUntil(() => (taken = Try(workspace)) is not null || Runs(holder = Holder(workspace)), Patience);
        return taken ?? throw new WorkspaceBusyException(holder);
    }

    public void Dispose() => _file.Dispose();

    private static WriterLock? Try(Workspace workspace)
    {
        try
        {
            var taken = new WriterLock(new FileStream(workspace.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            WholeFile.Write(
                HolderFile(workspace),
                stream => stream.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)))
            );
            FaultPoint.Reach("lock.taken");
            return taken;
        }
        catch (IOException e) when (Locked.Contains(e.HResult))
        {
            return null;
        }
    }

    /// <summary>The holder's number stands beside the lock: nobody else can open the locked file itself.</summary>
    private static string HolderFile(Workspace workspace) => workspace.LockFile + ".pid";

    private static string Holder(Workspace workspace) =>
        File.Exists(HolderFile(workspace)) && File.ReadAllText(HolderFile(workspace)).Trim() is { Length: > 0 } number ? number : "?";

    private static bool Runs(string number)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return false;
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
