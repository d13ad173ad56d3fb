-- grain: one row per growth on a year earlier of what the forms give no comparative for, without those in the register that reported one of the two years only
-- key: metric, breakdown, category, period_key
create table metric.matched_growth (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- this year, without those missing in the year before
    denominator decimal(28, 6),      -- the year before, without those missing now
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.matched_growth
with amounts as (
    select 'rd_fte_yoy' as metric, 'total' as breakdown, 'all' as category, enterprise_code, period_key, rd_personnel_fte as amount from metric.enterprise_period
    union all select 'rd_fte_yoy', 'group', group_code, enterprise_code, period_key, rd_personnel_fte from metric.enterprise_period
    union all select 'rd_cost_yoy', 'cost_item', f.cost_item, r.enterprise_code, r.period_key, f.amount_wan from core.rd_cost as f join core.dim_return as r using (return_id) where r.is_latest
    union all select 'rd_activity_yoy', 'activity', f.activity, r.enterprise_code, r.period_key, f.amount_wan from core.rd_activity as f join core.dim_return as r using (return_id) where r.is_latest
    union all select 'rd_fund_yoy', 'fund_source', f.fund_source, r.enterprise_code, r.period_key, f.amount_wan from core.rd_funding as f join core.dim_return as r using (return_id) where r.is_latest
),
-- Whoever carries last year's return at the end of this year, and has not reported, takes it out of the comparison.
unanswered as (
    select distinct c.perimeter_year as period_year, c.enterprise_code
    from metric.carried_amount as c
    join metric.unreported as u on u.metric = c.metric and u.period_year = c.perimeter_year and u.enterprise_code = c.carrier_code
    where c.metric = 'rd_expense' and c.period_year = c.perimeter_year - 1
),
years as (
    select a.metric, a.breakdown, a.category, a.enterprise_code, a.period_key, a.amount, p.period_year
    from amounts as a
    join core.dim_period as p using (period_key)
    where p.period_kind = 'year' and a.amount is not null and a.category is not null
),
now as (
    select y.metric, y.breakdown, y.category, y.period_year, sum(y.amount) as amount, count(distinct y.enterprise_code) as contributors
    from years as y
    left join metric.unreported as u on u.metric = 'rd_expense' and u.period_year = y.period_year - 1 and u.enterprise_code = y.enterprise_code
    where u.enterprise_code is null
    group by y.metric, y.breakdown, y.category, y.period_year
),
before as (
    select y.metric, y.breakdown, y.category, y.period_year, sum(y.amount) as amount
    from years as y
    left join unanswered as u on u.period_year = y.period_year + 1 and u.enterprise_code = y.enterprise_code
    where u.enterprise_code is null
    group by y.metric, y.breakdown, y.category, y.period_year
)
select
    n.metric, n.breakdown, n.category, p.period_key, core.percent(n.amount - b.amount, b.amount), n.amount, b.amount, cast(n.contributors as integer)
from now as n
join before as b on b.metric = n.metric and b.breakdown = n.breakdown and b.category = n.category and b.period_year = n.period_year - 1
join core.dim_period as p on p.period_kind = 'year' and p.period_year = n.period_year;
