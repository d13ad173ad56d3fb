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
    select distinct p.period_year, p.period_key
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest and p.period_kind = 'year'
),
-- Only what has both years counts, in the perimeter of the later one: growth must not set one perimeter over another.
units as (
    select a.metric, a.perimeter_year, base.period_year as base_year, a.carrier_code, a.amount as now, base.amount as base
    from (select metric, perimeter_year, period_year, carrier_code, sum(amount) as amount from metric.carried_amount group by all) as a
    join (select metric, perimeter_year, period_year, carrier_code, sum(amount) as amount from metric.carried_amount group by all) as base
        on base.metric = a.metric and base.perimeter_year = a.perimeter_year and base.carrier_code = a.carrier_code
    where a.period_year = a.perimeter_year and base.period_year < a.period_year and base.period_year in (2020, 2022, 2023)
),
sums as (
    select metric, perimeter_year, base_year, sum(now) as now, sum(base) as base, cast(count(*) as integer) as contributors
    from units group by all
)
select
    s.metric || '_cagr', 'base_year', cast(s.base_year as varchar), y.period_key,
    cast(round((pow(cast(s.now as double) / cast(s.base as double), 1.0 / (s.perimeter_year - s.base_year)) - 1) * 100, 6) as decimal(28, 6)),
    s.now, s.base, s.contributors
from sums as s
join years as y on y.period_year = s.perimeter_year
-- A root of a negative quotient is no number.
where s.base > 0 and s.now >= 0;
