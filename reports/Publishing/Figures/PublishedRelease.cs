using System.Collections.Frozen;
using DuckDB.NET.Data;
using Innovation1551.Models;
using Innovation1551.Models.Warehouse;

namespace Innovation1551.Publishing.Figures;

/// <summary>
/// A release as its readers see it: the tables of schema <c>published</c>, over a connection that the caller opened read-only.
/// The small tables are read once; each series is queried once and kept.
/// </summary>
public sealed class PublishedRelease
{
    private readonly DuckDBConnection _connection;
    private readonly Dictionary<(string Metric, string Breakdown, PeriodKind Kind), IReadOnlyList<Figure>> _series = [];

    public PublishedRelease(DuckDBConnection connection)
    {
        _connection = connection;
        Metrics = Rows.Query(
            connection,
            "select metric, unit, decimals, additive, name_zh, name_en, unit_zh, unit_en, definition_zh, definition_en, basis_zh, basis_en from published.metric order by sort_order, metric",
            r => new Metric(r.String(0), r.Text(4), r.String(1), r.Text(6), r.Int(2), r.Bool(3), r.Text(8), r.Text(10))
        );
        Categories = Rows.Query(
            connection,
            "select breakdown, category, name_zh, name_en, sort_order from published.category order by breakdown, sort_order, category",
            r => new Category(r.String(0), r.String(1), r.Text(2), r.Int(4))
        );
        Targets = Rows.Query(
                connection,
                """
                select target_id, metric, breakdown, category, name_zh, name_en, kind, qualifier, value, unit, base_period, due_year, scope_zh, scope_en, as_of, is_inferred, source_zh, source_en, quote
                from published.target where value is not null
                """,
                r => new Target(
                    r.String(0),
                    r.String(1),
                    r.String(2),
                    r.String(3),
                    r.Text(4),
                    Kind(r.String(6)),
                    r.String(7),
                    r.Decimal(8) ?? 0,
                    r.String(9),
                    r.String(10),
                    r.IsDBNull(11) ? null : r.Int(11),
                    r.Text(12),
                    r.String(14),
                    r.Bool(15),
                    r.Text(16),
                    r.String(18)
                )
            )
            .OrderBy(t => t.Kind)
            .ToArray();
        Paths = Rows.Query(
            connection,
            "select target_id, metric, period_year, value, method_zh, method_en, is_synthetic from published.target_path where value is not null order by target_id, period_year",
            r => new PathPoint(r.String(0), r.String(1), r.Int(2), r.Decimal(3) ?? 0, r.Text(4), r.Bool(6))
        );
        Standings = Rows.Query(
            connection,
            "select target_id, period_year, figure_id, path_value, missing, required_growth_percent, standing, progress_percent, time_progress_percent from published.target_progress order by target_id, period_year",
            r => new TargetStanding(r.String(0), r.Int(1), r.String(2), r.Decimal(3), r.Decimal(4), r.Decimal(5), r.String(6), r.Decimal(7), r.Decimal(8))
        );
        Forecasts = Rows.Query(
            connection,
            """
            select metric, period_year, base_year, first_year, value, low_50, high_50, low_90, high_90, reason_zh, reason_en, median_error_percent, naive_error_percent
            from published.forecast order by metric, period_year
            """,
            r => new Forecast(
                r.String(0),
                r.Int(1),
                r.Int(2),
                r.Int(3),
                r.Decimal(4),
                (r.Decimal(5) ?? 0, r.Decimal(6) ?? 0),
                (r.Decimal(7) ?? 0, r.Decimal(8) ?? 0),
                r.Text(9),
                r.Decimal(11) ?? 0,
                r.Decimal(12) ?? 0
            )
        );
        Responses = Rows.Query(
            connection,
            "select form, form_zh, form_en, period_year, expected, received, accepted, rate from published.response order by form, period_year",
            r => new Response(r.String(0), r.Text(1), r.Int(3), r.Int(4), r.Int(5), r.Int(6), r.Decimal(7))
        );
        // Releases before the disclosure gate have no such view.
        Withheld =
            Rows.Query(connection, "select count(*) from duckdb_views() where schema_name = 'published' and view_name = 'disclosure'", r => r.Int(0))[0] == 0
                ? []
                : Rows.Query(
                    connection,
                    """
                    select d.metric, rule, figures, suppressed, by_rule, threshold, dominance_n, dominance_k_percent, p_percent, range_percent
                    from published.disclosure as d join published.metric as m using (metric) order by m.sort_order, d.metric
                    """,
                    r => new Withheld(r.String(0), r.String(1), r.Int(2), r.Int(3), r.Int(4), r.Int(5), r.Count(6), r.Decimal(7), r.Decimal(8), r.Decimal(9))
                );
        Revisions = Rows.Query(
            connection,
            "select metric, breakdown, category, period, first_value, latest_value, change from published.revision order by metric, breakdown, category, period",
            r => new Revision(r.String(0), r.String(1), r.String(2), r.String(3), r.Decimal(4), r.Decimal(5), r.Decimal(6))
        );
        Changes = Rows.Query(
            connection,
            "select metric, period_year, value_before, value, continuing, restatement, definition, entrants, exits, non_response, missing, unshared_splits from published.change order by metric, period_year",
            r => new Change(
                r.String(0),
                r.Int(1),
                r.Decimal(2) ?? 0,
                r.Decimal(3) ?? 0,
                r.Decimal(4) ?? 0,
                r.Decimal(5) ?? 0,
                r.Decimal(6) ?? 0,
                r.Decimal(7) ?? 0,
                r.Decimal(8) ?? 0,
                r.Decimal(9) ?? 0,
                r.Int(10),
                r.Int(11)
            )
        );
        Scores = Rows.Query(
            connection,
            """
            select system, group_code, period_year, class, class_zh, class_en, standing, geometric_score, bonus, veto, score, rank, rank_in_class, ranked, ranked_in_class,
                rank_low, rank_high, score_before, score_change, rank_before, rank_change, may_tell_rank_change, system_zh, system_en, notice_zh, notice_en
            from published.evaluation_score order by system, period_year, rank nulls last, group_code
            """,
            r => new EvaluationScore(
                r.String(0),
                r.String(1),
                r.Int(2),
                r.String(3),
                r.Text(4),
                r.String(6),
                r.Decimal(7),
                r.Decimal(8),
                r.Decimal(9),
                r.Decimal(10),
                r.Count(11),
                r.Count(12),
                r.Int(13),
                r.Int(14),
                r.Count(15),
                r.Count(16),
                r.Decimal(17),
                r.Decimal(18),
                r.Count(19),
                r.Count(20),
                r.Bool(21),
                r.Text(22),
                r.Text(24)
            )
        );
        ScoreParts = Rows.Query(
            connection,
            """
            select system, group_code, period_year, part, kind, class, name_zh, name_en, metric, published_value, value, rule, rule_zh, rule_en, reason,
                floor, goal, normalised, weight, contribution, change, change_by_weight
            from published.evaluation_part
            order by system, period_year, group_code, array_position(['indicator', 'bonus', 'veto'], kind), max(weight) over (partition by system, part) desc nulls last, part
            """,
            r => new EvaluationPart(
                r.String(0),
                r.String(1),
                r.Int(2),
                r.String(3),
                r.String(4),
                r.String(5),
                r.Text(6),
                r.String(8),
                r.Decimal(9),
                r.Decimal(10),
                r.String(11),
                r.Text(12),
                r.String(14),
                r.Decimal(15),
                r.Decimal(16),
                r.Decimal(17),
                r.Decimal(18),
                r.Decimal(19),
                r.Decimal(20),
                r.Decimal(21)
            )
        );
        Info =
            Rows.Query(
                    connection,
                    "select release_id, cast(as_of as varchar), is_synthetic, definition_hash, input_count, finding_errors, finding_warnings from published.release",
                    r => new ReleaseInfo(r.String(0), r.String(1), r.Bool(2), r.String(3), r.Int(4), r.Int(5), r.Int(6)) { Flags = FigureFlag.All(connection) }
                )
                .SingleOrDefault()
            ?? throw new InvalidDataException("published.release has no row: this is no release");
        Years = Rows.Query(
            connection,
            "select distinct period_year from published.figure where period_kind = 'year' and value is not null order by 1",
            r => r.Int(0)
        );
        _metricByCode = Metrics.ToFrozenDictionary(m => m.Code);
        _categoryByCode = Categories.ToFrozenDictionary(c => (c.Breakdown, c.Code));
    }

    private readonly FrozenDictionary<string, Metric> _metricByCode;
    private readonly FrozenDictionary<(string, string), Category> _categoryByCode;

    public ReleaseInfo Info { get; }
    public IReadOnlyList<Metric> Metrics { get; }
    public IReadOnlyList<Category> Categories { get; }
    public IReadOnlyList<Target> Targets { get; }
    public IReadOnlyList<PathPoint> Paths { get; }
    public IReadOnlyList<TargetStanding> Standings { get; }

    /// <summary>What is projected for years without a figure, and what is not and why.</summary>
    public IReadOnlyList<Forecast> Forecasts { get; }
    public IReadOnlyList<Response> Responses { get; }

    /// <summary>What is not published to keep data confidential, by metric; empty where nothing is suppressed.</summary>
    public IReadOnlyList<Withheld> Withheld { get; }
    public IReadOnlyList<Revision> Revisions { get; }
    public IReadOnlyList<Change> Changes { get; }

    /// <summary>The scores of every evaluated group, year and system, the first place first.</summary>
    public IReadOnlyList<EvaluationScore> Scores { get; }

    /// <summary>What the scores are made of: of each group indicators first, the heaviest first, then bonus and veto items.</summary>
    public IReadOnlyList<EvaluationPart> ScoreParts { get; }

    /// <summary>The key tasks in every month of every ledger, by month and number.</summary>
    public IReadOnlyList<TaskMonth> Tasks =>
        field ??= Rows.Query(
            _connection,
            """
            select task_no, task_name, period, period_year, task_field, enterprises, group_codes, progress_percent, planned_percent, behind_points, days_left,
                standing, standing_zh, standing_en, is_reported, is_late, is_done, rule_zh, rule_en
            from published.task_month_wide order by period, task_no
            """,
            r => new TaskMonth(
                r.String(0),
                r.String(1),
                r.String(2),
                r.Int(3),
                int.Parse(r.String(2).AsSpan(5), System.Globalization.CultureInfo.InvariantCulture),
                r.String(4),
                r.String(5),
                r.String(6).Split(';', StringSplitOptions.RemoveEmptyEntries),
                r.Decimal(7),
                r.Decimal(8),
                r.Decimal(9),
                r.Count(10),
                r.String(11),
                r.Text(12),
                r.Bool(14),
                r.Bool(15),
                r.Bool(16),
                r.Text(17)
            )
        );

    /// <summary>The provincial laboratories by criterion and year, in the order of the criteria.</summary>
    public IReadOnlyList<LabCriterion> LabCriteria =>
        field ??= Rows.Query(
            _connection,
            """
            select w.lab_no, w.lab_name, w.period_year, w.criterion_zh, w.criterion_en, w.state_zh, w.state_en
            from published.lab_readiness_wide as w left join published.category as c on c.breakdown = 'upgrade_criterion' and c.category = w.upgrade_criterion
            order by w.period_year, c.sort_order, w.lab_no
            """,
            r => new LabCriterion(r.String(0), r.String(1), r.Int(2), r.Text(3), r.Text(5))
        );

    /// <summary>The main amounts of all enterprises together as they were known, by metric, year and day.</summary>
    public IReadOnlyList<Vintage> Vintages =>
        field ??= Rows.Query(
            _connection,
            """
            select metric, cast(period as integer), vintage_no, as_of, value, stage from published.vintage
            where breakdown = 'total' and length(period) = 4 order by metric, period, vintage_no
            """,
            r => new Vintage(r.String(0), r.Int(1), r.Int(2), r.Date(3)!.Value, r.Decimal(4) ?? 0, r.String(5))
        );

    /// <summary>How far the main amounts moved since they could first be told, by metric and year.</summary>
    public IReadOnlyList<RevisionCause> RevisionCauses =>
        field ??= Rows.Query(
            _connection,
            """
            select metric, period_year, told_on, told_value, latest_value, change, change_percent, from_new_returns, from_replacements
            from published.revision_cause order by metric, period_year
            """,
            r => new RevisionCause(
                r.String(0),
                r.Int(1),
                r.Date(2)!.Value,
                r.Decimal(3) ?? 0,
                r.Decimal(4) ?? 0,
                r.Decimal(5) ?? 0,
                r.Decimal(6),
                r.Decimal(7) ?? 0,
                r.Decimal(8) ?? 0
            )
        );

    /// <summary>What each group added to the growth of the amounts in the comparable perimeter.</summary>
    public IReadOnlyList<Contribution> Contributions =>
        field ??= Rows.Query(
            _connection,
            "select metric, category, period_year, change, pull_points, share_percent from published.contribution where breakdown = 'group' order by metric, period_year, category",
            r => new Contribution(r.String(0), r.String(1), r.Int(2), r.Decimal(3) ?? 0, r.Decimal(4) ?? 0, r.Decimal(5))
        );

    /// <summary>How far each stage lay from what is in force, all enterprises together, by metric in the order of the stages.</summary>
    public IReadOnlyList<StageRevision> StageRevisions =>
        field ??= Rows.Query(
            _connection,
            """
            select metric, stage, figures, mean_revision_percent, mean_absolute_revision_percent, largest_revision_percent from published.revision_by_stage
            where breakdown = 'total' order by metric, array_position(['flash', 'preliminary', 'final', 'revised'], stage)
            """,
            r => new StageRevision(r.String(0), r.String(1), r.Int(2), r.Decimal(3), r.Decimal(4), r.Decimal(5))
        );

    /// <summary>Who was renamed, merged, split, moved, founded or closed, by day.</summary>
    public IReadOnlyList<RegisterChange> RegisterChanges =>
        field ??= Rows.Query(
            _connection,
            """
            select enterprise_name, period_year, valid_from, change_zh, change_en, name_before, group_name
            from published.register_change where change_kind <> 'NEW' order by valid_from, enterprise_code
            """,
            r => new RegisterChange(r.String(0), r.Int(1), r.Date(2)!.Value, r.Text(3), r.String(5), r.String(6))
        );

    /// <summary>The years that have at least one annual figure.</summary>
    public IReadOnlyList<int> Years { get; }

    /// <summary>The metric; one that the release does not describe is shown by its code.</summary>
    public Metric Metric(string code) =>
        _metricByCode.TryGetValue(code, out var metric)
            ? metric
            : new Metric(code, new Text(code, code), "", new Text("", ""), 2, false, new Text("", ""), new Text("", ""));

    /// <summary>The name of a category; one that the release does not describe is shown by its code.</summary>
    public Category Category(string breakdown, string code) =>
        _categoryByCode.TryGetValue((breakdown, code), out var category) ? category : new Category(breakdown, code, new Text(code, code), int.MaxValue);

    /// <summary>All figures of a metric by one breakdown, in the order of categories and periods.</summary>
    public IReadOnlyList<Figure> Series(string metric, string breakdown, PeriodKind kind = PeriodKind.Year)
    {
        if (_series.TryGetValue((metric, breakdown, kind), out var known))
            return known;
        var read = Rows.Query(
            _connection,
            $"""
            select figure_id, metric, breakdown, category, period, period_year, value, status, basis, as_of, is_synthetic, stage, may_tell_growth, missing, response_percent, coverage_percent,
                {FigureFlag.Columns(_connection)}
            from published.figure where metric = $1 and breakdown = $2 and period_kind = $3
            order by category, period, figure_id
            """,
            r => new Figure(
                r.String(0),
                r.String(1),
                r.String(2),
                r.String(3),
                r.String(4),
                r.Int(5),
                kind,
                r.Decimal(6),
                Status(r.String(7), r.IsDBNull(6)),
                r.String(8),
                r.Date(9),
                r.Bool(10),
                r.String(11),
                r.IsDBNull(12) || r.GetBoolean(12),
                r.Int(13),
                r.Decimal(14),
                r.Decimal(15),
                FlagsOf(r.String(16)),
                r.Decimal(17)
            ),
            metric,
            breakdown,
            Code(kind)
        );
        return _series[(metric, breakdown, kind)] = read;
    }

    /// <summary>One annual figure, or null where the release has no row for it.</summary>
    public Figure? Annual(string metric, int year, string breakdown = "total", string category = "all") =>
        Series(metric, breakdown).FirstOrDefault(f => f.Year == year && f.Category == category);

    /// <summary>A reference that a figure can be held against is a baseline; one that nothing measures is context.</summary>
    /// <summary>The figure of an id that stands in another published table.</summary>
    public Figure? Figure(string id)
    {
        var parts = id.Split(':');
        return parts.Length < 4 ? null : Series(parts[0], parts[1]).FirstOrDefault(f => f.Id == id);
    }

    private IReadOnlyList<FigureFlag> FlagsOf(string flags) =>
        FigureFlag.Split(flags) is { Count: > 0 } codes ? [.. Info.Flags.Where(f => codes.Contains(f.Code))] : [];

    private static TargetKind Kind(string kind) =>
        kind switch
        {
            "target" => TargetKind.Target,
            "plan" => TargetKind.Plan,
            _ => TargetKind.Reference,
        };

    private static string Code(PeriodKind kind) =>
        kind switch
        {
            PeriodKind.Year => "year",
            PeriodKind.YearToDate => "ytd",
            _ => "month",
        };

    private static FigureStatus Status(string status, bool withoutValue) =>
        status switch
        {
            "suppressed" => FigureStatus.Suppressed,
            _ when withoutValue => FigureStatus.Missing,
            "provisional" => FigureStatus.Provisional,
            "actual" => FigureStatus.Actual,
            _ => FigureStatus.Missing,
        };
}
