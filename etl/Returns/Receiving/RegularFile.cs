using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Innovation1551.Returns.Receiving;

/// <summary>Opens a file for reading only if it is a regular one: a link could lead anywhere, and opening a pipe would wait for ever.</summary>
internal static partial class RegularFile
{
    private const int ReadOnlyNonBlocking = 0x800;

    /// <summary>The open file, or null where the path is a link, pipe, socket or device.</summary>
    /// <exception cref="IOException">There is no such file, or it may not be read.</exception>
    public static FileStream? Open(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) return null;
        if (!OperatingSystem.IsLinux()) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var handle = OpenFile(path, ReadOnlyNonBlocking);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
        }
        var stream = new FileStream(handle, FileAccess.Read, 1 << 16);
        if (stream.CanSeek) return stream;
        stream.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags);
}
