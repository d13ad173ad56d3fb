using System.Text;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Pipeline.Work;

/// <summary>
/// A finished release read from end to end in a process of its own before it is published: what the builder still holds in
/// memory could hide what is wrong on the disk. The process starts while the release is still being written, and looks at nothing before it is finished.
/// </summary>
internal sealed class ReleaseCheck : IDisposable
{
    /// <summary>The hidden verb: FOLDER SCRATCH, and the tables to be read, separated by commas, where not all are. It begins when its input ends.</summary>
    public const string Verb = "check-release";

    /// <summary>Reading a release takes seconds; a disk that gives less than this is taken for one that gives nothing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(5);
    private const double BytesASecond = 1 << 20;

    private readonly string _folder;
    private readonly Child _child;
    private TimeSpan _allowed = Least;

    public static int Run(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // The engine is loaded and code is compiled while nothing is to be read yet.
        using (var engine = new DuckDBConnection("DataSource=:memory:"))
        {
            engine.Open();
            engine.Rows("select 1");
        }
        // Each block is read once: more memory would only hold what nobody asks for again.
        Database.ReadingMemory = "1.0 GiB";
        Console.In.ReadToEnd();
        var faults = ReleaseVerifier.Verify(args[1], args[2], written: args.Length > 3 ? args[3].Split(',').ToHashSet(StringComparer.Ordinal) : null);
        foreach (var fault in faults)
            Console.Out.WriteLine(fault.Zh + "\t" + fault.En);
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Starts the process.</summary>
    /// <param name="folder">Where the release will stand.</param>
    /// <param name="written">Tables to be read; null for all.</param>
    public ReleaseCheck(string folder, string scratch, IReadOnlySet<string>? written)
    {
        _folder = folder;
        _child = new Child(
            [Verb, folder, scratch, .. written is null ? [] : (string[])[string.Join(',', written)]],
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            () => _allowed,
            waits: true
        );
    }

    /// <summary>Has the release, which is finished, read.</summary>
    /// <exception cref="ReleaseException">The release is not what its manifest says, or could not be looked at.</exception>
    public void Demand()
    {
        _allowed =
            Least
            + Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) / BytesASecond * TimeSpan.FromSeconds(1);
        _child.Go();
        var faults = new List<string[]>();
        while (_child.ReadLine() is { } line)
            faults.Add(line.Split('\t'));
        if (_child is { End: ChildEnd.Exited, ExitCode: 0 })
            return;
        var (zh, en) = _child.End switch
        {
            ChildEnd.Late => ("超过时限仍未检查完", "it was not read in time"),
            ChildEnd.TooLarge => ("检查时内存不足", "reading it took more memory than there is"),
            _ when faults.Count > 0 => (string.Join("；", faults.Select(f => f[0])), string.Join("; ", faults.Select(f => f[^1]))),
            _ => ($"检查程序异常结束（{_child.ExitCode}）{_child.Errors}", $"the check ended abnormally ({_child.ExitCode}) {_child.Errors}"),
        };
        throw new ReleaseException(new("新版本未通过发布前检查，未发布：" + zh, "the new release failed its last check and was not published: " + en));
    }

    public void Dispose() => _child.Dispose();
}
