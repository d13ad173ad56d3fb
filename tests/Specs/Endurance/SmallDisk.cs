using System.Diagnostics;
using Xunit;

namespace Innovation1551.Specs.Endurance;

/// <summary>A disk of a given size in memory. Where nobody may mount one the spec is skipped, and says so.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const long Mebibyte = 1 << 20;

    /// <param name="folder">Where it is mounted; made if it is not there.</param>
    public SmallDisk(string folder, int mebibytes)
    {
        Assert.SkipWhen(!Environment.IsPrivilegedProcess, "a disk of a given size is a mount, which needs root");
        Folder = Directory.CreateDirectory(folder).FullName;
        Assert.SkipWhen(Tool("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", Folder) != 0, "no right to mount here");
    }

    public string Folder { get; }

    /// <summary>MiB that are taken, begun ones among them.</summary>
    public int Taken
    {
        get
        {
            var drive = new DriveInfo(Folder);
            return (int)((drive.TotalSize - drive.TotalFreeSpace + Mebibyte - 1) / Mebibyte);
        }
    }

    public void Resize(int mebibytes) => Assert.Equal(0, Tool("mount", "-o", $"remount,size={mebibytes}m", Folder));

    // A child that another spec is just starting may hold what is open here for a moment.
    public void Dispose() => Tool("umount", "--lazy", Folder);

    private static int Tool(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
