using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Innovation1551.Models;

/// <summary>
/// Opens a file for reading only if it is a regular one: a link could lead anywhere, a pipe would be waited for and a device never ends.
/// What it is, is asked of the opened file itself: the name may stand for something else a moment later.
/// </summary>
public static class RegularFile
{
    private const int ReadOnly = 0,
        NonBlocking = 0x800,
        CloseOnExec = 0x80000,
        IsLink = 40;
    private const int EmptyPath = 0x1000,
        Basics = 0x7ff,
        ModeAt = 28,
        StatSize = 256,
        TypeBits = 0xf000,
        Regular = 0x8000;

    /// <summary>O_NOFOLLOW, which has another value on ARM.</summary>
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>The open file, or null where the path is a link, folder, pipe, socket or device.</summary>
    /// <exception cref="IOException">There is no such file, or it may not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream? Open(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new FileInfo(path) is { LinkTarget: null } info && (info.Attributes & (FileAttributes.Device | FileAttributes.Directory)) == 0
                ? new FileStream(
                    path,
                    new FileStreamOptions
                    {
                        Mode = FileMode.Open,
                        Access = FileAccess.Read,
                        Share = FileShare.Read | FileShare.Delete,
                        BufferSize = 1 << 16,
                        Options = FileOptions.SequentialScan,
                    }
                )
                : null;
        var handle = new SafeFileHandle(OpenFile(path, ReadOnly | NonBlocking | CloseOnExec | NoFollow), ownsHandle: true);
        if (handle.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            handle.Dispose();
            // A socket cannot be opened at all.
            return error == IsLink || File.Exists(path) && !Named(path) ? null : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
        var stat = new byte[StatSize];
        if (Stat((int)handle.DangerousGetHandle(), "", EmptyPath, Basics, stat) == 0 && IsRegular(stat))
            return new FileStream(handle, FileAccess.Read, 1 << 16);
        handle.Dispose();
        return null;
    }

    /// <summary>The name stands for a regular file; only where it could not be opened.</summary>
    private static bool Named(string path)
    {
        const int workingFolder = -100,
            noFollow = 0x100;
        var stat = new byte[StatSize];
        return Stat(workingFolder, path, noFollow, Basics, stat) == 0 && IsRegular(stat);
    }

    private static bool IsRegular(byte[] stat) => (BinaryPrimitives.ReadUInt16LittleEndian(stat.AsSpan(ModeAt)) & TypeBits) == Regular;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint OpenFile([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    /// <summary>statx, whose answer is laid out alike on every processor.</summary>
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Stat(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] stat);
}
