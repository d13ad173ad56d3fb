-- grain: one row per average annual growth of an amount or of the R&D intensity since an explicit base year
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
    select a.metric, a.perimeter_year, base.period_year as base_year, coalesce(j.unit_code, a.carrier_code) as unit_code, a.period_year, a.enterprise_code, a.carrier_code, a.amount
    from metric.carried_amount as a
    join years as base on base.period_year < a.perimeter_year and base.period_year in (2020, 2022, 2023)
    left join metric.joined_unit as j on j.base_year = base.period_year and j.perimeter_year = a.perimeter_year and j.enterprise_code = a.carrier_code
    where a.period_year in (a.perimeter_year, base.period_year)
),
units as (
    select c.metric, c.perimeter_year, c.base_year, sum(c.amount) filter (where c.period_year = c.perimeter_year) as now, sum(c.amount) filter (where c.period_year = c.base_year) as base
    from carried as c
    left join metric.absent_unit as x on x.metric = c.metric and x.base_year = c.base_year and x.perimeter_year = c.perimeter_year and x.unit_code = c.unit_code
    where x.unit_code is null
    group by c.metric, c.perimeter_year, c.base_year, c.unit_code
),
sums as (
    select metric, perimeter_year, base_year, sum(now) as now, sum(base) as base, cast(count(*) as integer) as contributors
    from units where now is not null and base is not null group by metric, perimeter_year, base_year
),
-- Average growth of the intensity: of each unit what states both amounts, and only units that do so in both years.
pairs as (
    select r.perimeter_year, r.base_year, r.unit_code, r.period_year, r.amount, v.amount as revenue
    from carried as r
    join carried as v on v.metric = 'revenue' and v.perimeter_year = r.perimeter_year and v.base_year = r.base_year and v.period_year = r.period_year
        and v.enterprise_code = r.enterprise_code and v.carrier_code = r.carrier_code
    left join metric.absent_unit as x on x.base_year = r.base_year and x.perimeter_year = r.perimeter_year and x.unit_code = r.unit_code
    where r.metric = 'rd_expense' and x.unit_code is null
),
paired as (
    select
        perimeter_year, base_year, sum(amount) filter (where period_year = perimeter_year) as now, sum(revenue) filter (where period_year = perimeter_year) as revenue_now,
        sum(amount) filter (where period_year = base_year) as base, sum(revenue) filter (where period_year = base_year) as revenue_base
    from pairs group by perimeter_year, base_year, unit_code
),
both_kinds as (
    select metric, perimeter_year, base_year, now, base, contributors from sums
    union all
    select 'rd_intensity', perimeter_year, base_year, core.percent(sum(now), sum(revenue_now)), core.percent(sum(base), sum(revenue_base)), cast(count(*) as integer)
    from paired where now is not null and base is not null group by perimeter_year, base_year
)
select
    s.metric || '_cagr', 'base_year', cast(s.base_year as varchar), y.period_key,
    cast(round(cast((pow(cast(s.now as double precision) / cast(s.base as double precision), 1.0 / (s.perimeter_year - s.base_year)) - 1) * 100 as decimal(28, 12)), 6) as decimal(28, 6)),
    s.now, s.base, s.contributors
from both_kinds as s
join years as y on y.period_year = s.perimeter_year
-- A root of a negative quotient is no number.
where s.base > 0 and s.now >= 0;
