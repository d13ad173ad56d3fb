-- grain: one row per amount (R&D expense, intramural, revenue, staff), breakdown (total, group, industry, city, sector, enterprise) and period
-- key: metric, breakdown, category, period_key
create table metric.amount (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from; those that it is imputed for are none
);
insert into metric.amount
with long as (
    select 'rd_expense' as metric, period_key, enterprise_code, group_code, industry, city, sector, rd_expense_wan as amount, imputed from metric.completed_period
    union all
    select 'rd_intramural', period_key, enterprise_code, group_code, industry, city, sector, rd_intramural_wan, imputed from metric.completed_period
    union all
    select 'revenue', period_key, enterprise_code, group_code, industry, city, sector, revenue_wan, imputed from metric.completed_period
    union all
    select 'rd_fte', period_key, enterprise_code, group_code, industry, city, sector, rd_personnel_fte, imputed from metric.completed_period
    union all
    select 'rd_expense_prior_restated', period_key, enterprise_code, group_code, industry, city, sector, rd_expense_prior_wan, imputed from metric.completed_period
)
select
    metric,
    case grouping(group_code, industry, city, sector, enterprise_code) when 31 then 'total' when 15 then 'group' when 23 then 'industry' when 27 then 'city' when 29 then 'sector' else 'enterprise' end,
    coalesce(group_code, industry, city, sector, enterprise_code, 'all'),
    period_key, sum(amount), null, null, cast(count(distinct enterprise_code) filter (where imputed is null or position(metric in imputed) = 0) as integer)
from long
where amount is not null
group by grouping sets ((metric, period_key), (metric, period_key, group_code), (metric, period_key, industry), (metric, period_key, city), (metric, period_key, sector), (metric, period_key, enterprise_code))
having coalesce(group_code, industry, city, sector, enterprise_code) is not null or grouping(group_code, industry, city, sector, enterprise_code) = 31;
