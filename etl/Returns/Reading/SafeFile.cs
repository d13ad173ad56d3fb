using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Innovation1551.Returns.Reading;

/// <summary>Opens regular files only: a pipe would block, a device never ends, a link may point anywhere.</summary>
internal static partial class SafeFile
{
    private const int ReadOnly = 0, NonBlocking = 0x800, CloseOnExec = 0x80000;
    /// <summary>O_NOFOLLOW, which has another value on ARM.</summary>
    private static readonly int s_noFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <exception cref="RefusedException">There is no regular file to read at the path.</exception>
    public static FileStream Open(string path, string name)
    {
        var info = new FileInfo(path);
        if (Directory.Exists(path)) throw new RefusedException(ReadingFindings.NotAvailable(name, "它是一个目录", "it is a folder"));
        if (info.LinkTarget is not null) throw new RefusedException(ReadingFindings.NotAvailable(name, "它是符号链接", "it is a symbolic link"));
        if (!info.Exists) throw new RefusedException(ReadingFindings.NotAvailable(name, "文件不存在", "there is no such file"));
        if ((info.Attributes & FileAttributes.Device) != 0) throw NotRegular(name);
        try
        {
            if (!OperatingSystem.IsLinux())
                return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 1 << 16, Options = FileOptions.SequentialScan });
            // Without blocking, so that a pipe nobody writes to does not hold us; without following, in case a link was put there meanwhile.
            using var probe = new SafeFileHandle(OpenNative(path, ReadOnly | NonBlocking | CloseOnExec | s_noFollow), ownsHandle: true);
            if (probe.IsInvalid) throw new RefusedException(ReadingFindings.NotAvailable(name, "没有读取权限或不能打开", Marshal.GetLastPInvokeErrorMessage()));
            var handle = new SafeFileHandle(probe.DangerousGetHandle(), ownsHandle: true);
            probe.SetHandleAsInvalid();
            var file = new FileStream(handle, FileAccess.Read, 1 << 16);
            if (file.CanSeek) return file;
            file.Dispose();
            throw NotRegular(name);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new RefusedException(ReadingFindings.NotAvailable(name, "没有读取权限", fault.Message));
        }
    }

    private static RefusedException NotRegular(string name) => new(ReadingFindings.NotAvailable(name, "它不是普通文件", "it is not a regular file"));

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern nint OpenNative([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
