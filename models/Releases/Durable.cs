using System.Runtime.InteropServices;

namespace Innovation1551.Models.Releases;

/// <summary>What has been written is on the disk, and stays there after the power fails.</summary>
public static partial class Durable
{
    /// <exception cref="IOException">The file is not there or cannot be brought to the disk.</exception>
    public static void Flush(string file)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Adds a line to a list that is only ever added to; it is safe on the disk afterwards.</summary>
    /// <param name="line">Without a line break in it.</param>
    public static void Append(string file, byte[] line)
    {
        AtEnd(
            file,
            list =>
            {
                // A line that a crash cut off would swallow the next one: a blank line does no harm.
                if (list.Length > 0)
                    list.WriteByte((byte)'\n');
                list.Write(line);
                list.WriteByte((byte)'\n');
                list.Flush(flushToDisk: true);
            }
        );
        FlushFolder(Path.GetDirectoryName(file)!);
    }

    /// <summary>
    /// Writes at the end of a file, alone among all processes that do so here. The framework shares a file among writers whatever it is asked
    /// for, short of shutting readers out too, and each of them has its own idea of where the end is.
    /// </summary>
    /// <exception cref="IOException">It cannot be written, or another process has been writing for two seconds.</exception>
    public static void AtEnd(string file, Action<FileStream> write)
    {
        lock (Ends)
        {
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
            var until = Environment.TickCount64 + 2_000;
            while (true)
                try
                {
                    stream.Lock(BeyondAll, 1);
                    break;
                }
                catch (IOException) when (Environment.TickCount64 < until)
                {
                    Thread.Sleep(2);
                }
            stream.Seek(0, SeekOrigin.End);
            write(stream);
            stream.Flush();
        }
    }

    /// <summary>A lock is a process's: its own threads take turns by this.</summary>
    private static readonly Lock Ends = new();

    /// <summary>The byte that is locked: no reader wants it.</summary>
    private const long BeyondAll = long.MaxValue - 1;

    /// <summary>A new or renamed entry is safe only once its folder is on the disk too. The framework cannot open a folder; the system can.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"{folder}: {Marshal.GetLastPInvokeErrorMessage()}");
        var failed = Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(descriptor);
        if (failed)
            throw new IOException($"{folder}: {error}");
    }

    /// <summary>Whether another process has the warehouse open: DuckDB holds a shared lock on what it reads, which forbids an exclusive one.</summary>
    public static bool IsRead(string file)
    {
        if (OperatingSystem.IsMacOS())
            return false;
        try
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            stream.Lock(0, 0);
            stream.Unlock(0, 0);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        finally
        {
            if (!OperatingSystem.IsWindows() && File.Exists(file))
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
