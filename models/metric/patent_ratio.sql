-- grain: one row per ratio of patent counts: share of inventions, patents per 100 million yuan of R&D expense with a lag of 0, 1 or 2 years
-- key: metric, breakdown, category, period_key
create table metric.patent_ratio (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.patent_ratio
with counts as (
    select c.metric, c.breakdown, c.category, c.period_key, c.value, c.contributors, p.period_year
    from (select * from metric.patent_count union all select * from metric.patent_stock) as c
    join core.dim_period as p using (period_key)
),
totals as (select * from counts where breakdown = 'total'),
inventions as (select * from counts where breakdown = 'patent_type' and category = 'I'),
spend as (
    select p.period_year, a.value
    from metric.amount as a
    join core.dim_period as p using (period_key)
    where a.metric = 'rd_expense' and a.breakdown = 'total' and p.period_kind = 'year'
)
select
    'invention_share_' || case t.metric when 'patents_filed' then 'filed' when 'patents_granted' then 'granted' else 'in_force' end,
    'total', 'all', t.period_key, core.percent(coalesce(i.value, 0), t.value), coalesce(i.value, 0), t.value, t.contributors
from totals as t
left join inventions as i on i.metric = t.metric and i.period_key = t.period_key
where t.metric in ('patents_filed', 'patents_granted', 'patents_in_force')
union all
-- 1 yi = 100 million yuan = 10,000 wan
select
    'patents_per_100m_rd', 'lag', cast(lags.lag as varchar), t.period_key,
    core.quotient(t.value * 10000, s.value), t.value, s.value, t.contributors
from totals as t
cross join (values (0), (1), (2)) as lags (lag)
join spend as s on s.period_year = t.period_year - lags.lag
where t.metric = 'patents_granted';
