using Innovation1551.Models;
using Innovation1551.Models.Tracing;
using Innovation1551.Models.Warehouse;
using Innovation1551.Returns.Sample;
using Innovation1551.Specs.MainJob;
using Innovation1551.Specs.Models;
using Innovation1551.Specs.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Tracing;

/// <summary>Every published figure leads to cells of received files, and those cells alone give the figure again.</summary>
public sealed class TraceSpecs(BuiltSample sample) : IClassFixture<BuiltSample>
{
    private readonly TestWorkspace _workspace = sample.Workspace;

    /// <summary>Figures of the release beside what their cells add up to, side by side, for all of them at once.</summary>
    private const string Sums = """
        with sides as (
            select c.metric, c.breakdown, c.category, c.period_key, c.side, sum(c.weight * c.amount) as total, bool_and(c.weight is not null and c.amount is not null) as is_linear, count(*) as cells
            from lineage.figure_cell as c group by all
        ),
        figures as (
            select f.figure_id, f.metric, case when f.period_kind = 'ytd' then f.metric[:-5] else f.metric end as base, f.breakdown, f.category, f.period_key, f.value, f.numerator, f.denominator
            from published.figure as f
        )
        """;

    [Fact]
    public void Every_figure_but_a_zero_has_cells() =>
        Assert.Empty(
            _workspace
                .Query(
                    Sums
                        + """
                        select f.figure_id from figures as f
                        anti join sides as s on s.metric = f.base and s.breakdown = f.breakdown and s.category = f.category and s.period_key = f.period_key
                        where f.value <> 0
                        """
                )
                .Select(r => r[0])
        );

    /// <summary>What response, status and coverage of a figure go by: of the forms that all owe, those whose cells stand behind it.</summary>
    [Fact]
    public void Every_metric_names_the_forms_that_its_cells_come_from() =>
        Assert.Empty(
            _workspace
                .Query(
                    """
                    with behind as (
                        select metric, list_sort(list(distinct form)) as forms from (select distinct metric, return_id from lineage.figure_cell)
                        join core.dim_return using (return_id) semi join core.obligation using (form) group by metric
                    )
                    select m.metric || ': ' || coalesce(m.form, 'none') || ', its cells stand in ' || coalesce(array_to_string(b.forms, ';'), 'none')
                    from seed.metric as m left join behind as b using (metric)
                    where list_sort(string_split(m.form, ';')) is distinct from b.forms
                    """
                )
                .Select(r => r[0])
        );

    [Fact]
    public void Every_sum_is_exactly_the_sum_of_its_cells()
    {
        var rows = _workspace.Query(
            Sums
                + """
                select f.figure_id, s.total, case s.side when 'value' then f.value when 'numerator' then f.numerator else f.denominator end
                from figures as f
                join sides as s on s.metric = f.base and s.breakdown = f.breakdown and s.category = f.category and s.period_key = f.period_key
                where s.is_linear and f.value is not null
                """
        );
        Assert.True(rows.Count > 10_000, $"{rows.Count} sides were held against their cells");
        Assert.Empty(rows.Where(r => (decimal)r[1]! != (decimal)r[2]!).Select(r => $"{r[0]}: {r[1]} is not {r[2]}").Take(20));
    }

    [Fact]
    public void No_cell_belongs_to_a_figure_that_is_not_there() =>
        Assert.Empty(
            _workspace
                .Query(
                    Sums
                        + """
                        select s.* from sides as s
                        anti join figures as f on s.metric = f.base and s.breakdown = f.breakdown and s.category = f.category and s.period_key = f.period_key
                        join core.dim_period as p using (period_key)
                        """
                )
                .Select(r => string.Join(':', r))
                .Take(20)
        );

    /// <summary>One figure of each third metric, whatever its breakdown: what is not a plain sum is shown by the models themselves.</summary>
    [Fact]
    public void The_models_give_a_figure_again_from_its_cells_alone()
    {
        var figures = _workspace
            .Query(
                """
                select figure_id from (
                    select figure_id, row_number() over (partition by metric order by hash(figure_id)) as place from published.figure where value is not null)
                where place = 1 order by hash(figure_id)
                """
            )
            .Where((_, i) => i % 6 == 0)
            .Select(r => (string)r[0]!)
            .ToList();
        Assert.True(figures.Count > 10);
        var wrong = figures
            .Select(f => _workspace.Trace(f))
            .Where(t => !t.IsExact)
            .Select(t => $"{t.Figure}: {t.Published} became {t.Rebuilt} from {t.Cells.Count} cells");
        Assert.Empty(wrong);
    }

    /// <summary>A count of patents is made of events, not of counts that the release holds: without one patent there is one less.</summary>
    [Fact]
    public void What_is_counted_on_the_way_is_counted_again()
    {
        using var release = Database.OpenForReading(_workspace.Store.WarehousePath(_workspace.Store.Find("latest")), _workspace.Workspace.Scratch);
        var missing = release.Scalar<string>(
            "select min(application_no) from core.patent_event join core.dim_return using (return_id) where is_latest and event = 'GRANT' and event_year = 2024"
        )!;
        using var replay = new Replay(Definitions.Load());
        replay.Attach(release, "release");
        const string relation = "metric.patent_ratio";
        foreach (var table in replay.CoreOf(relation))
            replay.Connection.Run(
                $"create view {table} as from release.{table}{(table == "core.patent_event" ? $" where application_no <> {Sql.Literal(missing)}" : "")}"
            );
        replay.Measure(relation);
        const string granted = "select value from metric.patent_count where metric = 'patents_granted' and breakdown = 'total' and period_key = 2024000";
        Assert.Equal(release.Scalar<decimal>(granted) - 1, replay.Connection.Scalar<decimal>(granted));
        Assert.DoesNotContain("core.patent_tally", replay.CoreOf(relation));
    }

    /// <summary>
    /// A thousand figures drawn at random over all families: <c>dotnet run --project tests/Specs -- -method "*A_thousand*" -explicit only</c>.
    /// </summary>
    [Fact(Explicit = true)]
    public void A_thousand_figures_drawn_at_random_come_again_from_their_cells_alone()
    {
        var figures = _workspace
            .Query("select figure_id from published.figure where value is not null order by figure_id")
            .Select(r => (string)r[0]!)
            .ToArray();
        new Random(1551).Shuffle(figures);
        var wrong = figures
            .Take(1_000)
            .Select(f => _workspace.Trace(f))
            .Where(t => !t.IsExact)
            .Select(t => $"{t.Figure}: {t.Published} became {t.Rebuilt} from {t.Cells.Count} cells")
            .ToList();
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_corrected_cell_tells_what_it_reads_what_counts_and_who_approved_it()
    {
        using var small = new TestWorkspace();
        var folder = small.Workspace.Inbox;
        small.Load([
            .. SmallReturns.Write(folder).Select(f => f.Path),
            SmallReturns.WriteCorrection(folder, SmallReturns.A, "finance", "revenue_wan", 50_000, 50_400),
        ]);
        Assert.Empty(small.Build().Failures);
        var trace = small.Trace("revenue:total:all:2024");
        Assert.True(trace.IsExact);
        var cell = Assert.Single(trace.Cells, c => c.Correction is not null);
        Assert.Equal((SmallReturns.A, 50_000m, 50_400m), (cell.EnterpriseCode, cell.Read, cell.Amount));
        Assert.Equal(
            (50_400m, "录入有误", "示例批准人", new DateOnly(2025, 6, 1), "correction-revenue_wan.csv"),
            (cell.Correction!.Corrected, cell.Correction.Reason, cell.Correction.Approver, cell.Correction.ApprovedOn, cell.Correction.FileName)
        );
        Assert.Equal(trace.Published.Value, trace.Cells.Sum(c => c.Amount));
    }

    [Fact]
    public void A_total_lists_its_cells_with_their_amounts()
    {
        var trace = _workspace.Trace("rd_expense:total:all:2024");
        Assert.All(trace.Cells, c => Assert.Equal(1, c.Weight));
        Assert.Equal(trace.Published.Value, trace.Cells.Sum(c => c.Amount));
    }

    [Fact]
    public void A_cell_and_its_figure_find_each_other()
    {
        var cell = _workspace.Trace("rd_intensity:group:" + Group + ":2024").Cells[0];
        var source = _workspace.TraceCell($"{cell.FileName}#{cell.Sheet}!{cell.Cell}");
        Assert.Equal(cell.Amount, source.Amount);
        Assert.Contains(source.Figures, f => f.Figure == $"rd_intensity:group:{Group}:2024" && f.Side == cell.Side);
        Assert.Equal(
            source.Figures.Select(f => f.Figure),
            _workspace.TraceCell($"{cell.FileSha256[..16]}#{cell.Sheet}!{cell.Cell}").Figures.Select(f => f.Figure)
        );
        Assert.Contains("no figure", Assert.Throws<ReleaseException>(() => _workspace.Trace("nothing:total:all:2024")).Problem.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_family_of_metrics_has_its_lineage()
    {
        var views = ModelView.All(WarehouseSketch.Definitions);
        var all = views.Single(v => v.Relation == "lineage.figure_cell");
        var flagging = views.Single(v => v.Relation == "lineage.figure_source");
        Assert.All(
            WarehouseSketch.Graph.Ordered.Where(m => m.HoldsFigures),
            m =>
            {
                var relation = m.Relation.Replace("metric.", "lineage.", StringComparison.Ordinal);
                Assert.True(
                    views.Any(v => v.Relation == relation),
                    $"create models/{relation.Replace('.', '/')}.sql: the cells that the figures of {m.Relation} come from"
                );
                Assert.True(
                    all.Query.Contains($"from {relation}\n", StringComparison.Ordinal) || all.Query.EndsWith($"from {relation}", StringComparison.Ordinal),
                    $"add \"union all select * from {relation}\" to models/lineage/figure_cell.sql"
                );
                // What flags a figure is looked for there: as cells, or by return where there are too many of them.
                Assert.True(
                    flagging
                        .Query.ReplaceLineEndings("\n")
                        .Split('\n')
                        .Any(l =>
                            l.TrimEnd(';').EndsWith($"from {relation}", StringComparison.Ordinal)
                            || l.TrimEnd(';').EndsWith($"from {relation}_source", StringComparison.Ordinal)
                        ),
                    $"add \"union all select * from {relation}\" to models/lineage/figure_source.sql"
                );
            }
        );
        Assert.All(views, v => Assert.NotEmpty(v.Columns));
    }

    private string Group => (string)_workspace.Query("select min(category) from published.figure where breakdown = 'group'").Single()[0]!;
}
