using Innovation1551.Models;

namespace Innovation1551.Publishing.Figures;

/// <summary>A key task at the end of a month of its ledger, where it stands by plan, report and date.</summary>
/// <param name="Period"><c>2026-09</c>.</param>
/// <param name="Enterprises">Who carries it.</param>
/// <param name="Groups">The codes of their groups.</param>
/// <param name="Progress">Reported last, in percent.</param>
/// <param name="Planned">Planned for the end of the month, in percent.</param>
/// <param name="Behind">Planned less reported, in percentage points.</param>
/// <param name="DaysLeft">To the planned completion; below zero once it is past.</param>
/// <param name="Standing">A code of <c>task_standing</c>.</param>
/// <param name="Rule">The rule that decided.</param>
public sealed record TaskMonth(
    string No,
    string Name,
    string Period,
    int Year,
    int Month,
    string Field,
    string Enterprises,
    IReadOnlyList<string> Groups,
    decimal? Progress,
    decimal? Planned,
    decimal? Behind,
    int? DaysLeft,
    string Standing,
    Text StandingName,
    bool IsReported,
    bool IsLate,
    bool IsDone,
    Text Rule
)
{
    /// <summary>Progress and the distance to the plan are shown to tenths of a percent.</summary>
    public static readonly FigureText Percent = FigureText.Percents(1);

    /// <summary>A whole number that keeps its sign.</summary>
    public static readonly FigureText Days = new(1, new Text("", ""), 0, false, false);

    /// <summary>Where one of its numbers stands.</summary>
    public Bound Key(string column) => Bound.Record($"task/{Period}/{Words(No)}/{column}");

    /// <summary>How many tasks of a month stand somewhere: <c>task_field/COAL/LATE</c>; of all standings together <c>all</c>.</summary>
    public static Bound CountKey(string period, string breakdown, string category, string standing) =>
        Bound.Record($"task_count/{period}/{breakdown}/{Words(category)}/{standing}");

    /// <summary>A key is one word.</summary>
    private static string Words(string code) => string.Concat(code.Select(c => char.IsWhiteSpace(c) ? '_' : c));
}
