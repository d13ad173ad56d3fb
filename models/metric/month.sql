-- grain: one row per month: what the month added to the cumulative return
-- key: metric, breakdown, category, period_key
create table metric.month (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.month
with ytd as (
    select a.metric, a.category as enterprise_code, a.value, p.period_year, p.period_month
    from metric.amount as a
    join core.dim_period as p using (period_key)
    where a.metric in ('rd_expense', 'revenue') and a.breakdown = 'enterprise' and p.period_kind = 'ytd'
),
-- Only enterprises that reported both months count. A month without the month before it stays out rather than carry two months.
differences as (
    select metric, period_year, period_month, value as difference from ytd where period_month = 1
    union all
    select now.metric, now.period_year, now.period_month, now.value - before.value
    from ytd as now
    join ytd as before on before.metric = now.metric and before.enterprise_code = now.enterprise_code and before.period_year = now.period_year and before.period_month = now.period_month - 1
)
select d.metric || '_month', 'total', 'all', m.period_key, sum(d.difference), null, null, cast(count(*) as integer)
from differences as d
join core.dim_period as m on m.period_kind = 'month' and m.period_year = d.period_year and m.period_month = d.period_month
group by d.metric || '_month', m.period_key;
