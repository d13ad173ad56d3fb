using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Innovation1551.Models;

/// <summary>
/// What the program does and how long it takes: each step a span, with counts as its tags and never a name, a path or a cell. The log of a
/// workspace has them as lines; OpenTelemetry takes the same where it is switched on. While nobody listens a step costs nothing.
/// </summary>
public static class Telemetry
{
    public const string Name = "innovation1551";

    /// <summary>The source of what comes hundreds of times a run: a model, a statement.</summary>
    public const string DetailName = Name + ".detail";

    /// <summary>The variable by which a process says to another which step that one is part of, as W3C writes it.</summary>
    public const string ParentVariable = "TRACEPARENT";

    private static readonly ActivitySource Steps = new(Name);
    private static readonly ActivitySource Details = new(DetailName);

    /// <summary>Counts and durations.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Begins a step, which ends when it is disposed of.</summary>
    /// <param name="parent">The step of another process that this one is part of, as W3C writes it; null for the one that is at work here.</param>
    /// <returns>Null while nobody listens.</returns>
    public static Activity? Step(string name, string? parent = null) =>
        parent is null ? Steps.StartActivity(name) : Steps.StartActivity(name, ActivityKind.Internal, parent);

    /// <summary>Does something as a step.</summary>
    public static T Run<T>(string name, Func<T> work)
    {
        using var step = Step(name);
        return work();
    }

    /// <summary>Does something as a step.</summary>
    public static void Run(string name, Action work)
    {
        using var step = Step(name);
        work();
    }

    /// <summary>Begins a step of which there are many.</summary>
    public static Activity? Detail(string name) => Details.StartActivity(name);
}
