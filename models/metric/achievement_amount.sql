-- grain: one row per figure of achievements put to use, breakdown and year; an amount is summed within one measure and one unit only
-- key: metric, breakdown, category, period_key
create table metric.achievement_amount (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.achievement_amount
with reported as (
    select f.achievement_no, f.achievement_measure, f.measured_value, f.measure_unit, f.value_verification, f.period_key, r.enterprise_code, d.group_code
    from core.achievement as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
counted as (
    select
        case grouping(achievement_measure, group_code) when 3 then 'total' when 1 then 'achievement_measure' else 'group' end as breakdown,
        coalesce(achievement_measure, group_code, 'all') as category, period_key,
        cast(count(distinct achievement_no) as decimal(28, 6)) as n, cast(count(distinct enterprise_code) as integer) as contributors
    from reported
    group by grouping sets ((period_key), (period_key, achievement_measure), (period_key, group_code))
    having grouping(group_code) = 1 or group_code is not null
)
select 'achievements', breakdown, category, period_key, n, cast(null as decimal(28, 6)), cast(null as decimal(28, 6)), contributors from counted
union all
-- A market share has no sum and stays out.
select
    case achievement_measure when 'SALES' then 'achievement_sales' when 'OUTPUT' then 'achievement_output' when 'BENEFIT' then 'achievement_benefit' else 'achievement_area' end,
    'total', 'all', period_key, cast(sum(measured_value) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
from reported
where achievement_measure in ('SALES', 'OUTPUT', 'BENEFIT') and measure_unit = 'wan' or achievement_measure = 'AREA' and measure_unit = 'mu'
group by achievement_measure, period_key
union all
-- Who does not say how a value was verified has stated it himself.
select
    'achievement_verified_share', 'achievement_measure', achievement_measure, period_key,
    core.percent(coalesce(sum(measured_value) filter (where value_verification in ('USER', 'AUDIT')), 0), sum(measured_value)),
    cast(coalesce(sum(measured_value) filter (where value_verification in ('USER', 'AUDIT')), 0) as decimal(28, 6)), cast(sum(measured_value) as decimal(28, 6)), cast(count(distinct enterprise_code) as integer)
from reported
where achievement_measure in ('SALES', 'OUTPUT', 'BENEFIT') and measure_unit = 'wan' and measured_value is not null
group by achievement_measure, period_key;
