-- grain: one row per talent figure, breakdown and year; each team is a metric of its own because the teams overlap
-- key: metric, breakdown, category, period_key
create table metric.talent_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.talent_count
with reported as (
    select
        f.period_key, r.enterprise_code, d.group_code, f.talent_persons, f.managers_persons, f.professionals_persons, f.managers_professionals_persons, f.skilled_persons,
        f.academicians_persons, f.flexible_persons, f.flexible_concurrent_persons, f.flexible_migratory_persons, f.flexible_weekend_persons
    from core.talent as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
-- Talent is told in units of ten thousand persons.
long as (
    select 'talent' as metric, period_key, enterprise_code, group_code, talent_persons as persons, 10000 as unit from reported
    union all
    select 'talent_managers', period_key, enterprise_code, group_code, managers_persons, 10000 from reported
    union all
    select 'talent_professionals', period_key, enterprise_code, group_code, professionals_persons, 10000 from reported
    union all
    select 'talent_both', period_key, enterprise_code, group_code, managers_professionals_persons, 10000 from reported
    union all
    select 'talent_skilled', period_key, enterprise_code, group_code, skilled_persons, 10000 from reported
    union all
    select 'academicians', period_key, enterprise_code, group_code, academicians_persons, 1 from reported
    union all
    select 'flexible_recruits', period_key, enterprise_code, group_code, flexible_persons, 1 from reported
),
kind as (
    select 'CONCURRENT' as category, period_key, enterprise_code, flexible_concurrent_persons as persons from reported
    union all
    select 'MIGRATORY', period_key, enterprise_code, flexible_migratory_persons from reported
    union all
    select 'WEEKEND', period_key, enterprise_code, flexible_weekend_persons from reported
)
select
    metric, case grouping(group_code) when 1 then 'total' else 'group' end, coalesce(group_code, 'all'), period_key,
    core.quotient(sum(persons), unit), null, null, cast(count(distinct enterprise_code) as integer)
from long
where persons is not null
group by grouping sets ((metric, unit, period_key), (metric, unit, period_key, group_code))
having grouping(group_code) = 1 or group_code is not null
union all
select 'flexible_recruits', 'flexible_kind', category, period_key, cast(sum(persons) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
from kind
where persons is not null
group by category, period_key;
