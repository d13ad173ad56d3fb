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
-- Where a split has no share both sides count as one; a unit a part of which is missing in one of the two years does not count.
carried as (
    select a.metric, a.perimeter_year, base.period_year as base_year, coalesce(j.unit_code, a.carrier_code) as unit_code, a.period_year, a.amount
    from metric.carried_amount as a
    join years as base on base.period_year < a.perimeter_year and base.period_year in (2020, 2022, 2023)
    left join metric.joined_unit as j on j.base_year = base.period_year and j.perimeter_year = a.perimeter_year and j.enterprise_code = a.carrier_code
    where a.period_year in (a.perimeter_year, base.period_year)
),
units as (
    select c.metric, c.perimeter_year, c.base_year, sum(c.amount) filter (where c.period_year = c.perimeter_year) as now, sum(c.amount) filter (where c.period_year = c.base_year) as base
    from carried as c
    anti join metric.absent_unit as x on x.metric = c.metric and x.base_year = c.base_year and x.perimeter_year = c.perimeter_year and x.unit_code = c.unit_code
    group by c.metric, c.perimeter_year, c.base_year, c.unit_code
),
sums as (
    select metric, perimeter_year, base_year, sum(now) as now, sum(base) as base, cast(count(*) as integer) as contributors
    from units where now is not null and base is not null group by all
)
select
    s.metric || '_cagr', 'base_year', cast(s.base_year as varchar), y.period_key,
    cast(round((pow(cast(s.now as double) / cast(s.base as double), 1.0 / (s.perimeter_year - s.base_year)) - 1) * 100, 6) as decimal(28, 6)),
    s.now, s.base, s.contributors
from sums as s
join years as y on y.period_year = s.perimeter_year
-- A root of a negative quotient is no number.
where s.base > 0 and s.now >= 0;
