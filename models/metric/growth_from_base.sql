-- grain: one row per average annual growth since an explicit base year
-- key: metric, breakdown, category, period_key
create table metric.growth_from_base (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.growth_from_base
with years as (
    select a.*, p.period_year
    from metric.amount as a
    join core.dim_period as p using (period_key)
    where a.metric in ('rd_expense', 'revenue') and a.breakdown = 'total' and p.period_kind = 'year'
)
select
    now.metric || '_cagr', 'base_year', cast(base.period_year as varchar), now.period_key,
    cast(round((pow(cast(now.value as double) / cast(base.value as double), 1.0 / (now.period_year - base.period_year)) - 1) * 100, 6) as decimal(28, 6)),
    now.value, base.value, now.contributors
from years as now
join years as base on base.metric = now.metric and base.period_year < now.period_year and base.period_year in (2020, 2022, 2023)
-- A root of a negative quotient is no number.
where base.value > 0 and now.value >= 0;
