using System.CommandLine.Parsing;
using System.Globalization;
using Cronos;

namespace Innovation1551.Pipeline.Jobs;

/// <summary>What makes a job run.</summary>
internal abstract record JobTrigger
{
    /// <summary>Files in the inbox that have come or changed, and rest.</summary>
    public sealed record Inbox : JobTrigger;

    /// <summary>Another job that has done its work; errors in the data are no reason not to go on, for the rest has been taken.</summary>
    public sealed record After(string Job) : JobTrigger;

    /// <summary>A time, by the clock of the machine.</summary>
    public sealed record At(CronExpression Cron) : JobTrigger;
}

/// <summary>Of what ends of a job a person is told.</summary>
internal enum Tells
{
    /// <summary>Of those that want something of a person: errors in the data, a failure.</summary>
    Problems,

    Always,
    Never,
}

/// <summary>Work that the service does by itself: a verb of this program, run in a process of its own.</summary>
/// <param name="When">The trigger as it is written.</param>
/// <param name="Does">The command line; {year}, {last-year}, {month} and {last-month} stand for those of the day.</param>
internal sealed record Job(string Name, string When, JobTrigger Trigger, string Does, Tells Tells)
{
    /// <summary>The arguments on a day.</summary>
    public IReadOnlyList<string> Arguments(DateOnly day)
    {
        var before = day.AddMonths(-1);
        string Year(DateOnly d) => d.ToString("yyyy", CultureInfo.InvariantCulture);
        string Month(DateOnly d) => d.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return
        [
            .. CommandLineParser
                .SplitCommandLine(Does)
                .Select(a =>
                    a.Replace("{year}", Year(day), StringComparison.Ordinal)
                        .Replace("{last-year}", Year(day.AddYears(-1)), StringComparison.Ordinal)
                        .Replace("{month}", Month(day), StringComparison.Ordinal)
                        .Replace("{last-month}", Month(before), StringComparison.Ordinal)
                ),
        ];
    }
}
