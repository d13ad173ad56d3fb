using Innovation1551.Models;

namespace Innovation1551.Returns.Reading;

/// <summary>Opens regular files only, and says of anything else what it is.</summary>
internal static class SafeFile
{
    /// <exception cref="RefusedException">There is no regular file to read at the path.</exception>
    public static FileStream Open(string path, string name)
    {
        var info = new FileInfo(path);
        if (Directory.Exists(path))
            throw new RefusedException(ReadingFindings.NotAvailable(name, "它是一个目录", "it is a folder"));
        if (info.LinkTarget is not null)
            throw new RefusedException(ReadingFindings.NotAvailable(name, "它是符号链接", "it is a symbolic link"));
        if (!info.Exists)
            throw new RefusedException(ReadingFindings.NotAvailable(name, "文件不存在", "there is no such file"));
        try
        {
            return RegularFile.Open(path) ?? throw new RefusedException(ReadingFindings.NotAvailable(name, "它不是普通文件", "it is not a regular file"));
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new RefusedException(ReadingFindings.NotAvailable(name, "没有读取权限或不能打开", fault.Message));
        }
    }
}
