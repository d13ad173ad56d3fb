using System.Collections.Immutable;

namespace Innovation1551.Returns.Sample;

/// <summary>Who sends what and when: every group each year and month, some of them twice.</summary>
internal static class FilingPlan
{
    /// <summary>Resubmissions long after the fact: the figures of a closed year change, and a revision table has rows.</summary>
    private static readonly ImmutableArray<(int Group, int Year, DateOnly Filled, string? OnlyForm)> LateCorrections =
    [
        (10, 2020, new(2021, 9, 1), null),
        (2, 2022, new(2023, 10, 10), "rd_spend"),
        (3, 2023, new(2024, 9, 30), null),
        (6, 2023, new(2025, 3, 31), "rd_spend"),
        (1, 2024, new(2025, 6, 20), null),
        (18, 2024, new(2025, 7, 4), "rd_spend"),
        (7, 2024, new(2025, 8, 15), "finance"),
        (4, 2025, new(2026, 7, 15), "rd_spend"),
    ];

    /// <summary>Corrections of single cells, sent on the form for corrections.</summary>
    private static readonly ImmutableArray<(int Group, int Year, DateOnly Filled)> SingleCells = [(8, 2024, new(2025, 9, 12)), (9, 2023, new(2025, 4, 2))];

    public static List<Filing> Make(SampleOptions options)
    {
        var filings = new List<Filing>();
        for (var year = options.FirstYear; year <= options.LastYear; year++)
        for (var group = 1; group <= options.Groups; group++)
            filings.AddRange(Annual(options, group, year));
        for (var month = 1; month <= Math.Min(options.MonthsOf2026, 12); month++)
        for (var group = 1; group <= options.Groups; group++)
            filings.AddRange(Monthly(options, group, month));
        foreach (var (group, year, filled) in SingleCells.Where(c => c.Group <= options.Groups && c.Year >= options.FirstYear && c.Year <= options.LastYear))
            filings.Add(new(group, year, null, 9, filled) { OnlyForm = "corrections" });
        return filings;
    }

    /// <summary>The ledger of one group and month comes three weeks late.</summary>
    private static IEnumerable<Filing> Monthly(SampleOptions options, int group, int month)
    {
        var first = new Filing(group, options.LastYear + 1, month, 1, DayOf(options, group, new DateOnly(options.LastYear + 1, month, 1).AddMonths(1), 5));
        return (group, month) == (13, 6)
            ? [first with { WithoutLedger = true }, first with { Revision = 2, Filled = first.Filled.AddDays(21), OnlyForm = "task_ledger" }]
            : [first];
    }

    private static IEnumerable<Filing> Annual(SampleOptions options, int group, int year)
    {
        // The forms are due on the tenth of March.
        var first = new Filing(group, year, null, 1, DayOf(options, group, new DateOnly(year + 1, 3, 1), 9));
        foreach (var (kind, _, _, form) in SampleFlaws.Planned.Where(p => p.Group == group && p.Year == year))
        {
            if (kind == FlawKind.SameFileTwice)
                return [first, first with { Flaw = kind }];
            return
            [
                first with
                {
                    Flaw = kind,
                },
                // A group that sends one file for each form sends only the bad one again.
                first with
                {
                    Revision = 2,
                    Filled = first.Filled.AddDays(12),
                    OnlyForm = first.Format == FileFormat.Workbook ? null : form,
                },
            ];
        }
        foreach (var (_, _, filled, form) in LateCorrections.Where(c => c.Group == group && c.Year == year))
            return
            [
                first with
                {
                    RevisedLater = form is null ? ["rd_spend", "finance"] : [form],
                },
                first with
                {
                    Revision = 2,
                    Filled = filled,
                    OnlyForm = form,
                },
            ];
        return [first];
    }

    private static DateOnly DayOf(SampleOptions options, int group, DateOnly from, int days) =>
        from.AddDays(Dice.For(options.Seed, "filed", $"{group}", $"{from.DayNumber}").Below(days));
}
