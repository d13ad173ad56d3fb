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
    select a.metric, a.value, a.contributors, p.period_year, p.period_month, a.period_key
    from metric.amount as a
    join core.dim_period as p using (period_key)
    where a.metric in ('rd_expense', 'revenue') and a.breakdown = 'total' and p.period_kind = 'ytd'
)
select
    metric || '_month', 'total', 'all', period_key,
    -- A month without the month before it has no difference: it stays out rather than carry two months.
    case when period_month = 1 then value else value - lag(value) over before end, null, null, contributors
from ytd
window before as (partition by metric, period_year order by period_month)
qualify period_month = 1 or lag(period_month) over before = period_month - 1;
