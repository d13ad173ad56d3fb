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
with long as (
    select f.period_key, r.enterprise_code, d.group_code, item.metric, item.persons
    from core.talent as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    cross join lateral (
        values
            ('talent', cast(f.talent_persons as decimal(28, 6)) * 0.0001), ('talent_managers', cast(f.managers_persons as decimal(28, 6)) * 0.0001),
            ('talent_professionals', cast(f.professionals_persons as decimal(28, 6)) * 0.0001), ('talent_both', cast(f.managers_professionals_persons as decimal(28, 6)) * 0.0001),
            ('talent_skilled', cast(f.skilled_persons as decimal(28, 6)) * 0.0001),
            ('academicians', cast(f.academicians_persons as decimal(28, 6))), ('flexible_recruits', cast(f.flexible_persons as decimal(28, 6)))
    ) as item (metric, persons)
    where r.is_latest and p.period_kind = 'year' and item.persons is not null
)
select
    metric, case grouping(group_code) when 1 then 'total' else 'group' end, coalesce(group_code, 'all'), period_key,
    cast(sum(persons) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
from long
group by grouping sets ((metric, period_key), (metric, period_key, group_code))
having grouping(group_code) = 1 or group_code is not null
union all
select 'flexible_recruits', 'flexible_kind', kind.category, f.period_key, cast(sum(kind.persons) as decimal(28, 6)), null, null, cast(count(distinct r.enterprise_code) as integer)
from core.talent as f
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = f.period_key
cross join lateral (values ('CONCURRENT', f.flexible_concurrent_persons), ('MIGRATORY', f.flexible_migratory_persons), ('WEEKEND', f.flexible_weekend_persons)) as kind (category, persons)
where r.is_latest and p.period_kind = 'year' and kind.persons is not null
group by kind.category, f.period_key;
