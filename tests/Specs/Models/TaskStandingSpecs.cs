using System.Globalization;
using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>Where a key task stands, for every combination of plan, report and date, against what the shipped rules say in words.</summary>
public class TaskStandingSpecs
{
    private static readonly DateOnly MonthEnd = new(2026, 6, 30);

    private static readonly (DateOnly Start, DateOnly End)?[] Plans =
    [
        (new(2026, 1, 1), new(2026, 12, 31)),
        (new(2026, 1, 1), new(2026, 7, 30)),
        (new(2026, 1, 1), new(2026, 7, 31)),
        (new(2026, 1, 1), new(2026, 6, 30)),
        (new(2026, 1, 1), new(2026, 6, 29)),
        (new(2026, 6, 30), new(2027, 6, 30)),
        (new(2026, 7, 1), new(2026, 12, 31)),
        (new(2025, 7, 1), new(2026, 6, 30)),
        null,
    ];

    private static readonly string?[] Statuses = [null, "WAIT", "RUN", "WARN", "LATE", "DONE", "DELAY", "STOP"];
    private static readonly decimal[] Progress = [0, 29, 30, 39, 40, 41, 79, 80, 81, 90, 99, 100];
    private static readonly bool[] Reported = [true, false];
    private static readonly int?[] DoneAfterPlan = [null, -1, 0, 1];

    [Fact]
    public void Every_combination_of_plan_report_and_date_stands_where_the_rules_say()
    {
        var cases = (
            from plan in Plans
            from status in Statuses
            from progress in status is null ? [0] : Progress
            from reported in status is null ? [false] : Reported
            from done in status == "DONE" && plan is not null ? DoneAfterPlan : [null]
            select (plan, status, progress, reported, done)
        ).ToList();
        using var warehouse = new WarehouseSketch();
        warehouse.Fill(
            "metric.task_account",
            [
                [
                    "period_key",
                    "period_year",
                    "period_month",
                    "task_no",
                    "enterprise_code",
                    "planned_start",
                    "planned_end",
                    "is_reported",
                    "task_status",
                    "progress_percent",
                    "actual_end",
                ],
                .. cases.Select(
                    (c, i) =>
                        (string[])
                            [
                                "2026063",
                                "2026",
                                "6",
                                $"T{i}",
                                "A",
                                Day(c.plan?.Start),
                                Day(c.plan?.End),
                                c.reported ? "true" : "false",
                                c.status ?? "",
                                c.status is null ? "" : c.progress.ToString(CultureInfo.InvariantCulture),
                                Day(c.done is { } late ? c.plan!.Value.End.AddDays(late) : null),
                            ]
                ),
            ]
        );
        warehouse.RunModel("metric.task_standing");
        var standing = warehouse
            .Connection.Rows("select task_no, standing from metric.task_standing")
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);
        Assert.Equal(cases.Count, standing.Count);
        for (var i = 0; i < cases.Count; i++)
        {
            var (plan, status, progress, reported, done) = cases[i];
            Assert.Equal(
                ($"{plan} {status} {progress} reported {reported} done {done}", Expected(plan, status, progress, reported, done)),
                ($"{plan} {status} {progress} reported {reported} done {done}", standing[$"T{i}"])
            );
        }
        // Every answer that there is came out.
        Assert.Equal(10, standing.Values.Distinct().Count());
    }

    /// <summary>The shipped rules in words, from the top; nothing is taken from the table that the model reads.</summary>
    private static string Expected((DateOnly Start, DateOnly End)? plan, string? status, decimal progress, bool reported, int? done)
    {
        if (status == "STOP")
            return "STOP";
        if (status == "DONE" && progress == 100)
            return done >= 1 ? "DONE_LATE" : "DONE";
        if (plan is { } p && p.End < MonthEnd)
            return "OVERDUE";
        if (!reported)
            return "NOREPORT";
        decimal behind = 0;
        if (plan is { } q)
        {
            var whole = q.End.DayNumber - q.Start.DayNumber + 1;
            var gone = Math.Clamp(MonthEnd.DayNumber - q.Start.DayNumber + 1, 0, whole);
            behind = Math.Round(100m * gone / whole, 6, MidpointRounding.AwayFromZero) - progress;
        }
        if (behind >= 20 || status is "LATE" or "DELAY")
            return "LATE";
        if (behind >= 10 || status == "WARN" || status == "WAIT" && plan is { } w && w.Start < MonthEnd)
            return "RISK";
        if (plan is { } d && d.End.DayNumber - MonthEnd.DayNumber <= 30)
            return "DUE";
        return plan is { } s && s.Start > MonthEnd ? "WAIT" : "RUN";
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
