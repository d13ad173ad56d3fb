using System.Globalization;
using Innovation1551.Returns.Sample;

namespace Innovation1551.Benchmarks;

/// <summary>What it costs to find that nothing came, and to publish one late return.</summary>
internal static class Increments
{
    public static IEnumerable<Line> Measure(Scale scale)
    {
        using var folder = Measuring.Folder();
        var files = scale == Scale.Full ? 20_000 : 500;
        var workspace = folder.At("w");
        SampleGenerator.Write(Path.Combine(workspace, "inbox"), new SampleOptions { Files = files });
        Measuring.WithFaults(workspace, "load");
        var idle = Measuring.Innovation(workspace, "--help");
        var again = Enumerable.Range(0, 3).Select(_ => Measuring.Innovation(workspace, "load")).MinBy(m => m.Seconds);
        yield return new($"nothing new among {files.ToString("N0", CultureInfo.InvariantCulture)} known files", again.Seconds, "the program's --help", idle.Seconds, "< 1 s", again.PeakMegabytes);
        foreach (var rows in scale == Scale.Full ? (long[])[1_000_000, 10_000_000] : [100_000])
        {
            using var other = Measuring.Folder();
            var at = other.At("w");
            var sample = other.At("sample");
            SampleGenerator.Write(sample, new SampleOptions());
            var late = Directory.GetFiles(sample).Where(f => f.EndsWith(".xlsx", StringComparison.Ordinal) && Path.GetFileName(f).StartsWith("2025_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
            File.Move(late, other.At("late.xlsx"));
            SampleGenerator.WriteLargeCsv(other.At("patents.csv"), rows);
            Measuring.WithFaults(at, "load", sample, other.At("patents.csv"));
            Measuring.WithFaults(at, "build");
            var load = Measuring.Innovation(at, "load", other.At("late.xlsx"));
            var build = Measuring.Innovation(at, "build");
            yield return new($"one late return into {rows.ToString("N0", CultureInfo.InvariantCulture)} facts: loaded and published", load.Seconds + build.Seconds, "of which the load", load.Seconds, rows > 1_000_000 ? "≤ 6 s" : "≤ 2 s", Math.Max(load.PeakMegabytes, build.PeakMegabytes));
        }
    }
}
