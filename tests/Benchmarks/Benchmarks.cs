using System.Globalization;

namespace Innovation1551.Benchmarks;

/// <summary>Whether to measure at full size or in the minute that the tests allow.</summary>
public enum Scale
{
    Short,
    Full,
}

/// <summary>One measured comparison; both sides in the same run on the same machine.</summary>
/// <param name="Ours">Seconds.</param>
/// <param name="Peer">Seconds of what it is held against; null where there is no peer.</param>
/// <param name="PeakMegabytes">Largest resident memory of our process, where it was one of its own.</param>
public sealed record Line(string What, double Ours, string Against, double? Peer, string Goal, double? PeakMegabytes = null)
{
    /// <summary>Ratio in a short run above which something is broken; generous, for other work may be going on.</summary>
    public double? Collapse { get; init; }

    public double? Ratio => Ours / Peer;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {What} | {Seconds(Ours)} | {Against}{(Peer is { } p ? " " + Seconds(p) : "")} | {(Ratio is { } r ? $"{r:0.00}" : "")} | {Goal} | {PeakMegabytes:0} |"
        );

    /// <summary>To the hundredth, and what is short to a tenth of a thousandth.</summary>
    private static string Seconds(double seconds) => seconds.ToString(seconds < 0.1 ? "0.0000 s" : "0.00 s", CultureInfo.InvariantCulture);
}

/// <summary>The benchmarks by name.</summary>
public static class Benchmarks
{
    public static IReadOnlyList<(string Name, Func<Scale, IEnumerable<Line>> Measure)> All { get; } =
    [
        ("large-csv", LargeCsv.Measure),
        ("workbooks", Workbooks.Measure),
        ("rules", Rules.Measure),
        ("increments", Increments.Measure),
        ("charts", Charts.Measure),
        ("start-up", StartUp.Measure),
        ("writers", Writers.Measure),
        ("service", Service.Measure),
    ];

    /// <summary>Those that take a quarter of an hour and ten gigabytes of disk, or a server: only when they are named.</summary>
    public static IReadOnlyList<(string Name, Func<Scale, IEnumerable<Line>> Measure)> OnDemand { get; } =
    [("volume", Volume.Measure), ("engines", Engines.Measure), ("national", National.Measure)];
}
