using Innovation1551.Models.Warehouse;
using Xunit;

namespace Innovation1551.Specs.Models;

/// <summary>Every check and every declared key: silent on a sound warehouse, and it fires, alone, on one that is broken in one place.</summary>
public class CheckSpecs(SoundWarehouse warehouse) : IClassFixture<SoundWarehouse>
{
    /// <summary>For each check a change that breaks it. A new file in models/checks needs a line here.</summary>
    private static readonly Dictionary<string, string> Breaks = new(StringComparer.Ordinal)
    {
        ["checks/core/cost_items_sum_to_expense.sql"] = "update core.rd_cost set amount_wan = amount_wan + 4.6 where return_id = 1 and cost_item = '1'",
        ["checks/core/enterprise_history_has_no_overlap.sql"] = "update core.dim_enterprise set ends_on = date '2023-01-01' where enterprise_key = 1",
        ["checks/core/facts_have_their_enterprise.sql"] = "update core.dim_return set enterprise_key = 0 where return_id = 1",
        ["checks/core/one_latest_return.sql"] = "insert into core.dim_return select * replace (77 as return_id) from core.dim_return where return_id = 1",
        ["checks/core/rows_are_accounted_for.sql"] = "update core.file_account set rows_loaded = rows_loaded - 1",
        ["checks/published/every_metric_is_described.sql"] = "delete from published.category where breakdown = 'cost_item' and category = '1'",
        ["checks/published/figures_exist.sql"] = "update published.figure set value = null",
        ["checks/published/forecasts_stand_apart.sql"] = "update published.forecast set period_year = base_year",
        ["checks/published/shares_sum_to_hundred.sql"] = "update published.figure set value = value + 0.002 where metric = 'rd_cost_share' and category = '1'",
        ["checks/published/total_is_sum_of_groups.sql"] =
            "update published.figure set value = value + 0.000001 where metric = 'rd_expense' and breakdown = 'group' and category = 'G1'",
    };

    /// <summary>Breaks that a check must pass over: what it looks at is sound.</summary>
    private static readonly Dictionary<string, string> NearMisses = new(StringComparer.Ordinal)
    {
        ["checks/core/cost_items_sum_to_expense.sql"] = "update core.rd_cost set amount_wan = amount_wan + 4.5 where return_id = 1 and cost_item = '1'",
        ["checks/core/enterprise_history_has_no_overlap.sql"] = "update core.dim_enterprise set ends_on = date '2022-12-30' where enterprise_key = 1",
        ["checks/core/one_latest_return.sql"] =
            "insert into core.dim_return select * replace (77 as return_id, false as is_latest) from core.dim_return where return_id = 1",
        ["checks/published/every_metric_is_described.sql"] = "delete from published.category where breakdown = 'cost_item' and category = '3'",
        ["checks/published/forecasts_stand_apart.sql"] = "update published.forecast set value = high_50",
        ["checks/published/shares_sum_to_hundred.sql"] = "update published.figure set value = value + 0.0005 where metric = 'rd_cost_share' and category = '1'",
        ["checks/published/total_is_sum_of_groups.sql"] =
            "update published.figure set value = value + 1 where metric = 'rd_intensity' and breakdown = 'group' and category = 'G1'",
    };

    public static TheoryData<string> Checks => [.. WarehouseSketch.Definitions.Under("checks").Select(c => c.Key)];
    public static TheoryData<string> Near => [.. NearMisses.Keys];
    public static TheoryData<string> Relations => [.. WarehouseSketch.Graph.Ordered.Select(m => m.Relation)];

    [Fact]
    public void A_sound_warehouse_passes_every_check() => Assert.Empty(warehouse.FailuresAfter(""));

    [Fact]
    public void Every_break_belongs_to_a_check() =>
        Assert.Empty(Breaks.Keys.Concat(NearMisses.Keys).Except(WarehouseSketch.Definitions.Under("checks").Select(c => c.Key)));

    [Theory, MemberData(nameof(Checks))]
    public void A_check_fires_alone_when_what_it_guards_is_broken(string check)
    {
        Assert.True(Breaks.TryGetValue(check, out var change), $"add a change that breaks models/{check} to tests/Specs/Models/CheckSpecs.cs");
        var failure = Assert.Single(warehouse.FailuresAfter(change));
        Assert.Equal(check, failure.Check);
        Assert.True(failure.Rows > 0);
        Assert.NotEmpty(failure.Examples);
        Assert.Contains(" / ", failure.Meaning, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Near))]
    public void A_check_does_not_fire_for_less(string check) => Assert.DoesNotContain(warehouse.FailuresAfter(NearMisses[check]), f => f.Check == check);

    [Theory, MemberData(nameof(Relations))]
    public void A_key_fires_when_it_is_repeated_or_null(string relation)
    {
        var model = WarehouseSketch.ModelOf(relation);
        var name = $"{relation}: key";
        Assert.Contains(warehouse.FailuresAfter($"insert into {relation} select * from {relation} limit 1"), f => f.Check == name);
        foreach (var column in model.Key)
            Assert.Contains(
                warehouse.FailuresAfter($"insert into {relation} select * replace (null as {column}) from {relation} limit 1"),
                f => f.Check == name
            );
    }
}

/// <summary>A small warehouse that every model has a row in and that passes every check.</summary>
public sealed class SoundWarehouse : IDisposable
{
    private readonly WarehouseSketch _sketch = new();

    /// <summary>What is broken is in a transaction that another connection would not see.</summary>
    private readonly WarehouseBuilder _builder = new(WarehouseSketch.Definitions, WarehouseSketch.Graph) { IsSideBySide = false };

    public SoundWarehouse()
    {
        foreach (var model in WarehouseSketch.Graph.Ordered)
            _sketch.Make(model.Relation);
        foreach (var table in (string[])["seed.metric", "seed.unit", "seed.breakdown", "seed.plan_target"])
            _sketch.Make(table);
        _sketch.Connection.Run(
            """
            insert into core.dim_enterprise by name
                select * from (values
                    (0, '(unknown)', null, null, null), (1, 'G1', 'G1', date '2010-01-01', date '2022-12-31'),
                    (2, 'G1', 'G1', date '2023-01-01', date '9999-12-31'), (3, 'G2', 'G2', date '2010-01-01', date '9999-12-31'))
                as t (enterprise_key, enterprise_code, group_code, valid_from, ends_on);
            insert into core.dim_return by name
                select *, 'rd_spend' as form, true as is_latest, 2024000 as period_key from (values (1, 'G1', 2), (2, 'G2', 3)) as t (return_id, enterprise_code, enterprise_key);
            insert into core.rd_expense by name select * from (values (1, 100), (2, 50)) as t (return_id, amount_wan);
            insert into core.rd_cost by name select * from (values (1, '1', 60), (1, '2', 40), (2, '1', 50)) as t (return_id, cost_item, amount_wan);
            insert into core.file_account by name select 1 as file_no, 5 as rows_in, 3 as rows_loaded, 1 as rows_rejected, 1 as rows_superseded;
            insert into published.metric by name
                select * from (values ('rd_expense', true), ('rd_intensity', false), ('rd_cost_share', false)) as t (metric, additive);
            insert into published.category by name
                select * from (values ('total', 'all'), ('group', 'G1'), ('group', 'G2'), ('cost_item', '1'), ('cost_item', '2'), ('cost_item', '3')) as t (breakdown, category);
            insert into published.figure by name
                select *, metric || ':' || breakdown || ':' || category || ':2024' as figure_id, '2024' as period, 'year' as period_kind, 2024 as period_year from (values
                    ('rd_expense', 'total', 'all', 150), ('rd_expense', 'group', 'G1', 100), ('rd_expense', 'group', 'G2', 50),
                    ('rd_intensity', 'total', 'all', 3), ('rd_intensity', 'group', 'G1', 2), ('rd_intensity', 'group', 'G2', 5),
                    ('rd_cost_share', 'cost_item', '1', 73.333333), ('rd_cost_share', 'cost_item', '2', 26.666667))
                as t (metric, breakdown, category, value);
            insert into published.forecast by name
                select 'rd_expense' as metric, 2025 as period_year, 2024 as base_year, 155 as value, 150 as low_50, 160 as high_50, 140 as low_90, 170 as high_90;
            """
        );
        foreach (var model in WarehouseSketch.Graph.Ordered)
            if (_sketch.Connection.Scalar<long>($"select count(*) from {model.Relation}") == 0)
                _sketch.Connection.Run($"insert into {model.Relation} by name select {string.Join(", ", model.Key.Select(k => $"{Filler(model, k)} as {k}"))}");
    }

    /// <summary>What the checks say after a change; the warehouse is as before afterwards.</summary>
    public IReadOnlyList<CheckFailure> FailuresAfter(string change)
    {
        _sketch.Connection.Run("begin transaction");
        try
        {
            if (change.Length > 0)
                _sketch.Connection.Run(change);
            return _builder.Check(_sketch.Connection);
        }
        finally
        {
            _sketch.Connection.Run("rollback");
        }
    }

    public void Dispose() => _sketch.Dispose();

    private static string Filler(Model model, string column) => model.Columns.First(c => c.Name == column).Type == "varchar" ? "'x'" : "1";
}
