-- grain: one row per amount in the comparable perimeter, group and year: what it added to the growth of all enterprises together
-- key: metric, breakdown, category, period_year
create table published.contribution (
    metric varchar,                  -- amount in the comparable perimeter; see published.metric
    breakdown varchar,               -- group
    category varchar,                -- member of the breakdown
    period_year integer,             -- year
    change decimal(28, 6),           -- on the year before, in the unit of the metric
    pull_points decimal(28, 6),      -- percentage points of the growth of all enterprises together; over the members they sum to that growth
    share_percent decimal(28, 6),    -- share of the change of all; null where all together moved by less than half a percent, for then it says nothing
    is_synthetic boolean             -- rests on constructed sample data
);
insert into published.contribution
with amounts as (
    select metric, breakdown, category, period_year, value, may_tell_growth, is_synthetic
    from published.figure
    where ends_with(metric, '_comparable') and unit = 'wan' and period_kind = 'year' and breakdown in ('total', 'group') and value is not null
),
-- Who has no figure in one of the years counts there as nought: the members still sum to the whole.
years as (
    select t.metric, t.period_year, t.value, b.value as before
    from amounts as t
    join amounts as b on b.metric = t.metric and b.breakdown = 'total' and b.period_year = t.period_year - 1
    where t.breakdown = 'total' and b.value > 0 and coalesce(t.may_tell_growth, true) and coalesce(b.may_tell_growth, true)
),
members as (
    select distinct y.metric, y.period_year, a.breakdown, a.category, a.is_synthetic
    from years as y
    join amounts as a on a.metric = y.metric and a.breakdown = 'group' and a.period_year in (y.period_year, y.period_year - 1)
),
moved as (
    select m.metric, m.period_year, m.breakdown, m.category, m.is_synthetic, coalesce(n.value, 0) - coalesce(b.value, 0) as change
    from members as m
    left join amounts as n on n.metric = m.metric and n.breakdown = m.breakdown and n.category = m.category and n.period_year = m.period_year
    left join amounts as b on b.metric = m.metric and b.breakdown = m.breakdown and b.category = m.category and b.period_year = m.period_year - 1
)
select
    m.metric, m.breakdown, m.category, m.period_year, cast(m.change as decimal(28, 6)), core.percent(m.change, y.before),
    case when abs(y.value - y.before) * 200 >= y.before then core.percent(m.change * sign(y.value - y.before), abs(y.value - y.before)) end, m.is_synthetic
from moved as m
join years as y on y.metric = m.metric and y.period_year = m.period_year;
