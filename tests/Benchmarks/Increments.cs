using System.Globalization;
using Innovation1551.Models.Releases;
using Innovation1551.Models.Tracing;
using Innovation1551.Models.Warehouse;
using Innovation1551.Pipeline.Work;
using Innovation1551.Returns.Reading;
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
        yield return new(
            $"nothing new among {files.ToString("N0", CultureInfo.InvariantCulture)} known files",
            again.Seconds,
            "the program's --help",
            idle.Seconds,
            "< 1 s",
            again.PeakMegabytes
        );
        foreach (var rows in scale == Scale.Full ? (long[])[0, 1_000_000, 10_000_000] : [0, 100_000])
        {
            using var other = Measuring.Folder();
            var at = Measuring.Workspace(other.At("w"));
            var sample = other.At("sample");
            SampleGenerator.Write(sample, new SampleOptions());
            File.Move(Late(sample).First(), other.At("late.xlsx"));
            if (rows > 0)
                SampleGenerator.WriteLargeCsv(other.At("patents.csv"), rows);
            Measuring.WithFaults(at, ["load", sample, .. rows > 0 ? (string[])[other.At("patents.csv")] : []]);
            var anew = Measuring.WithFaults(at, "build");
            var load = Measuring.Innovation(at, "load", other.At("late.xlsx"));
            var build = Measuring.Innovation(at, "build");
            if (rows > 0)
                foreach (var line in Traces(at, rows))
                    yield return line;
            var into = rows == 0 ? "the sample's 66,000" : rows.ToString("N0", CultureInfo.InvariantCulture);
            yield return new(
                $"one late return into {into} facts: loaded and published",
                load.Seconds + build.Seconds,
                "of which the load",
                load.Seconds,
                rows switch
                {
                    0 => "≤ 2.5 s",
                    > 1_000_000 => "≤ 4 s",
                    _ => "≤ 2 s",
                },
                Math.Max(load.PeakMegabytes, build.PeakMegabytes)
            );
            yield return new($"one late return into {into} facts: built on the release before", build.Seconds, "built from nothing", anew.Seconds, "");
            if (rows == 0)
                yield return new(
                    $"one late return into {into} facts, in a process that has done it before",
                    Again(other.At("warm"), sample),
                    "the program started anew, twice",
                    load.Seconds + build.Seconds,
                    "≤ 1 s"
                );
        }
    }

    /// <summary>The yearly workbooks of 2025, any of which may come late.</summary>
    public static IOrderedEnumerable<string> Late(string sample) =>
        Directory
            .GetFiles(sample)
            .Where(f => f.EndsWith(".xlsx", StringComparison.Ordinal) && Path.GetFileName(f).StartsWith("2025_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The third of three late returns, after whose like all code is compiled.</summary>
    private static double Again(string root, string sample)
    {
        var workspace = new Workspace(root).Make();
        var definitions = Definitions.Load();
        string[] late = [.. Late(sample).Take(3)];
        Publish([.. Directory.GetFiles(sample).Except(late)]);
        return late.Select(l => Measuring.Once(() => Publish(l))).Last();

        void Publish(params string[] files)
        {
            new Loading(workspace, definitions, new ReadOptions(), TimeProvider.System).Load(files, null, CancellationToken.None);
            if (new Building(workspace, definitions, TimeProvider.System, 2).Build(null, null, CancellationToken.None).Failures is [var failure, ..])
                throw new InvalidOperationException(failure.Check);
        }
    }

    /// <summary>From a figure to its cells, in a release that is open; against one look at every fact of its table.</summary>
    private static IEnumerable<Line> Traces(string workspace, long rows)
    {
        var store = new ReleaseStore(Path.Combine(workspace, "releases"));
        using var release = Database.OpenForReading(store.WarehousePath(store.Find("latest")), Path.Combine(workspace, "scratch"));
        var fewest = release.Scalar<string>(
            "select arg_min(figure_id, value) from published.figure where metric = 'patents_granted' and breakdown = 'group' and value > 0"
        )!;
        foreach (
            var (id, fact) in ((string, string)[])
                [("rd_expense:total:all:2024", "rd_expense"), ("rd_intensity:total:all:2024", "finance"), (fewest, "patent_event")]
        )
        {
            var cells = FigureTrace.Cells(release, id).Count;
            var ours = Measuring.Median(5, () => FigureTrace.Cells(release, id));
            var look = Measuring.Median(5, () => release.Rows($"select bit_xor(hash(t)) from core.{fact} as t"));
            yield return new(
                string.Create(CultureInfo.InvariantCulture, $"{id} to its {cells:N0} cells among {rows:N0} facts"),
                ours,
                "every fact looked at once",
                look,
                "< 0.1 s"
            );
        }
    }
}
