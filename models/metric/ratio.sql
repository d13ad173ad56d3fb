-- grain: one row per ratio of two sums over the same enterprises, breakdown and period
-- key: metric, breakdown, category, period_key
create table metric.ratio (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from; those that a side is imputed for are none
);
insert into metric.ratio
with pairs as (
    select
        'rd_intensity' as metric, period_key, enterprise_code, group_code, industry, city, sector, rd_expense_wan as part, revenue_wan as whole,
        coalesce(position('rd_expense' in imputed) > 0 or position('revenue' in imputed) > 0, false) as is_imputed
    from metric.completed_period
    union all
    select
        'rd_expense_yoy', period_key, enterprise_code, group_code, industry, city, sector, rd_expense_wan, rd_expense_prior_wan,
        coalesce(position('rd_expense' in imputed) > 0, false)
    from metric.completed_period
    union all
    select
        'rd_intramural_yoy', period_key, enterprise_code, group_code, industry, city, sector, rd_intramural_wan, rd_intramural_prior_wan,
        coalesce(position('rd_intramural' in imputed) > 0, false)
    from metric.completed_period
    union all
    select
        'revenue_yoy', period_key, enterprise_code, group_code, industry, city, sector, revenue_wan, revenue_prior_wan,
        coalesce(position('revenue' in imputed) > 0, false)
    from metric.completed_period
    union all
    select
        'rd_expense_per_fte', period_key, enterprise_code, group_code, industry, city, sector, rd_expense_wan, rd_personnel_fte,
        coalesce(position('rd_expense' in imputed) > 0 or position('rd_fte' in imputed) > 0, false)
    from metric.completed_period
),
sums as (
    select
        metric, period_key,
        case grouping(group_code, industry, city, sector, enterprise_code) when 31 then 'total' when 15 then 'group' when 23 then 'industry' when 27 then 'city' when 29 then 'sector' else 'enterprise' end as breakdown,
        coalesce(group_code, industry, city, sector, enterprise_code, 'all') as category,
        sum(part) as part, sum(whole) as whole, cast(count(distinct enterprise_code) filter (where not is_imputed) as integer) as contributors
    from pairs
    -- Only enterprises with both sides count: a ratio must not set one perimeter over another.
    where part is not null and whole is not null
    group by grouping sets ((metric, period_key), (metric, period_key, group_code), (metric, period_key, industry), (metric, period_key, city), (metric, period_key, sector), (metric, period_key, enterprise_code))
    having coalesce(group_code, industry, city, sector, enterprise_code) is not null or grouping(group_code, industry, city, sector, enterprise_code) = 31
)
select
    metric, breakdown, category, period_key,
    case metric
        when 'rd_intensity' then core.percent(part, whole)
        when 'rd_expense_per_fte' then core.quotient(part, whole)
        else core.percent(part - whole, whole)
    end,
    part, whole, contributors
from sums;
