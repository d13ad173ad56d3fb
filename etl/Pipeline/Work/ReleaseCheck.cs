using System.Text;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// A finished release read from end to end in a process of its own before it is published: what the builder still holds in
/// memory could hide what is wrong on the disk.
/// </summary>
internal static class ReleaseCheck
{
    /// <summary>The hidden verb: FOLDER SCRATCH, and the tables to be read, separated by commas, where not all are.</summary>
    public const string Verb = "check-release";

    /// <summary>Reading a release takes seconds; a disk that gives less than this is taken for one that gives nothing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(5);
    private const double BytesASecond = 1 << 20;

    public static int Run(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var faults = ReleaseVerifier.Verify(args[1], args[2], written: args.Length > 3 ? args[3].Split(',').ToHashSet(StringComparer.Ordinal) : null);
        foreach (var fault in faults)
            Console.Out.WriteLine(fault.Zh + "\t" + fault.En);
        return faults.Count == 0 ? 0 : 1;
    }

    /// <param name="written">Tables to be read; null for all.</param>
    /// <exception cref="ReleaseException">The release is not what its manifest says, or could not be looked at.</exception>
    public static void InFreshProcess(string folder, string scratch, IReadOnlySet<string>? written)
    {
        var bytes = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        var allowed = Least + bytes / BytesASecond * TimeSpan.FromSeconds(1);
        using var child = new Child(
            [Verb, folder, scratch, .. written is null ? [] : (string[])[string.Join(',', written)]],
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            () => allowed
        );
        var faults = new List<string[]>();
        while (child.ReadLine() is { } line)
            faults.Add(line.Split('\t'));
        if (child is { End: ChildEnd.Exited, ExitCode: 0 })
            return;
        var (zh, en) = child.End switch
        {
            ChildEnd.Late => ("超过时限仍未检查完", "it was not read in time"),
            ChildEnd.TooLarge => ("检查时内存不足", "reading it took more memory than there is"),
            _ when faults.Count > 0 => (string.Join("；", faults.Select(f => f[0])), string.Join("; ", faults.Select(f => f[^1]))),
            _ => ($"检查程序异常结束（{child.ExitCode}）{child.Errors}", $"the check ended abnormally ({child.ExitCode}) {child.Errors}"),
        };
        throw new ReleaseException(new("新版本未通过发布前检查，未发布：" + zh, "the new release failed its last check and was not published: " + en));
    }
}
