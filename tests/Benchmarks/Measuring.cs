using System.Diagnostics;
using System.Globalization;

namespace Innovation1551.Benchmarks;

/// <summary>Timing in the process, and of the program in a process of its own.</summary>
internal static class Measuring
{
    /// <summary>Median seconds of several runs, after one that warms up.</summary>
    public static double Median(int runs, Action work)
    {
        work();
        var seconds = new double[runs];
        for (var i = 0; i < runs; i++)
            seconds[i] = Once(work);
        Array.Sort(seconds);
        return seconds[runs / 2];
    }

    /// <summary>Median seconds of two works that take turns, so that a load from elsewhere falls on both; the second may be absent.</summary>
    public static (double Ours, double? Peer) Medians(int runs, Action ours, Action? peer)
    {
        ours();
        peer?.Invoke();
        var (mine, theirs) = (new double[runs], new double[runs]);
        for (var i = 0; i < runs; i++)
        {
            mine[i] = Once(ours);
            if (peer is not null)
                theirs[i] = Once(peer);
        }
        Array.Sort(mine);
        Array.Sort(theirs);
        return (mine[runs / 2], peer is null ? null : theirs[runs / 2]);
    }

    public static double Once(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds and peak memory of <c>innovation</c> with arguments.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than expected; says what it wrote.</exception>
    public static (double Seconds, double PeakMegabytes) Innovation(string workspace, params string[] arguments) =>
        Process("dotnet", Arguments(workspace, arguments));

    /// <summary>The same where the files have faults on purpose, as the sample has: 1 says that they were listed.</summary>
    public static (double Seconds, double PeakMegabytes) WithFaults(string workspace, params string[] arguments) =>
        Process("dotnet", Arguments(workspace, arguments), 0, 1);

    private static IEnumerable<string> Arguments(string workspace, string[] arguments) =>
        [Path.Combine(AppContext.BaseDirectory, "innovation.dll"), .. arguments, "--workspace", workspace];

    /// <param name="codes">Exit codes that are as they should be; 0 where none is given.</param>
    public static (double Seconds, double PeakMegabytes) Process(string program, IEnumerable<string> arguments, params int[] codes)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var watch = Stopwatch.StartNew();
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = 0.0;
        while (!process.WaitForExit(20))
            peak = Math.Max(peak, Peak(process.Id));
        var seconds = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0 || codes.Contains(process.ExitCode)
            ? (seconds, peak)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error.Result}{output.Result}");
    }

    /// <summary>Whether a program does what it is asked.</summary>
    public static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            Process(program, arguments);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A workspace that takes files of any size.</summary>
    public static string Workspace(string path)
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "innovation.json"), """{"Limits":{"MaxFileBytes":1000000000000}}""");
        return path;
    }

    /// <summary>A folder for one benchmark, gone afterwards.</summary>
    public static TemporaryFolder Folder() => new();

    private static double Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It ended between two looks; the last one stands.
            return 0;
        }
    }
}

/// <summary>A folder that is deleted with all that is in it, read-only releases included.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("innovation1551-bench-").FullName;

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories))
            File.SetAttributes(entry, File.GetAttributes(entry) & ~FileAttributes.ReadOnly);
        Directory.Delete(Path, recursive: true);
    }
}
