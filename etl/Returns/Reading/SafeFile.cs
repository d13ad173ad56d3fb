namespace Innovation1551.Returns.Reading;

/// <summary>Opens regular files only: a pipe would block, a device never ends, a link may point anywhere.</summary>
internal static class SafeFile
{
    /// <exception cref="RefusedException">There is no regular file to read at the path.</exception>
    public static FileStream Open(string path, string name)
    {
        var info = new FileInfo(path);
        if (Directory.Exists(path)) throw new RefusedException(ReadingFindings.NotAvailable(name, "它是一个目录", "it is a folder"));
        if (!info.Exists) throw new RefusedException(ReadingFindings.NotAvailable(name, "文件不存在", "there is no such file"));
        if (info.LinkTarget is not null) throw new RefusedException(ReadingFindings.NotAvailable(name, "它是符号链接", "it is a symbolic link"));
        // Pipes, sockets and devices exist, too, but carry the device attribute.
        if ((info.Attributes & FileAttributes.Device) != 0) throw new RefusedException(ReadingFindings.NotAvailable(name, "它不是普通文件", "it is not a regular file"));
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, BufferSize = 1 << 16, Options = FileOptions.SequentialScan });
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new RefusedException(ReadingFindings.NotAvailable(name, "没有读取权限", fault.Message));
        }
    }
}
