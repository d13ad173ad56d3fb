-- grain: one row per count of enterprises that hold titles at the end of the year; an enterprise counts once, however many titles it holds
-- key: metric, breakdown, category, period_key
create table metric.title_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.title_count
with held as (
    select distinct f.enterprise_title, f.period_key, r.enterprise_code, d.group_code
    from core.enterprise_title as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and f.is_held_at_end and p.period_kind = 'year'
),
cut as (
    select
        case grouping(enterprise_title, group_code) when 3 then 'total' when 1 then 'enterprise_title' else 'group' end as breakdown,
        coalesce(enterprise_title, group_code, 'all') as category, period_key, cast(count(distinct enterprise_code) as integer) as n
    from held
    group by grouping sets ((period_key), (period_key, enterprise_title), (period_key, group_code))
    having grouping(group_code) = 1 or group_code is not null
)
select 'innovative_enterprises', breakdown, category, period_key, cast(n as decimal(28, 6)), null, null, n from cut
union all
select 'chain_leaders', 'total', 'all', period_key, cast(n as decimal(28, 6)), null, null, n from cut where breakdown = 'enterprise_title' and category = 'CHAIN'
union all
-- A year in which titles are reported and none lapses has none, and is not missing.
select
    m.metric, case grouping(t.enterprise_title) when 1 then 'total' else 'enterprise_title' end, coalesce(t.enterprise_title, 'all'), t.period_key,
    cast(count(*) filter (where t.standing = m.standing) as decimal(28, 6)), null, null, cast(count(distinct t.enterprise_code) filter (where t.standing = m.standing) as integer)
from metric.title_standing as t
cross join (values ('titles_lapsing', 'LAPSING'), ('titles_lapsed', 'LAPSED')) as m (metric, standing)
group by grouping sets ((m.metric, t.period_key), (m.metric, t.period_key, t.enterprise_title));
