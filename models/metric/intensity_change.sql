-- grain: one row per change of R&D intensity against the year before: in percentage points, and relative
-- key: metric, breakdown, category, period_key
create table metric.intensity_change (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.intensity_change
with years as (
    select r.*, p.period_year
    from metric.ratio as r
    join core.dim_period as p using (period_key)
    where r.metric = 'rd_intensity' and p.period_kind = 'year' and r.breakdown in ('total', 'group')
),
changes as (
    select now.breakdown, now.category, now.period_key, now.value as value, before.value as value_before, now.contributors
    from years as now
    join years as before on before.breakdown = now.breakdown and before.category = now.category and before.period_year = now.period_year - 1
)
select 'rd_intensity_change_pp', breakdown, category, period_key, value - value_before, value, value_before, contributors from changes
union all
select 'rd_intensity_growth', breakdown, category, period_key, core.percent(value - value_before, value_before), value, value_before, contributors from changes;
