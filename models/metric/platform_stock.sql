-- grain: one row per stock of platforms, breakdown and year: where each platform stood at the end of the year by the last step reported for it
-- key: metric, breakdown, category, period_key
create table metric.platform_stock (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.platform_stock
with steps as (
    select
        f.platform_no, f.platform_level, f.platform_kind, f.platform_event, f.upgrade_readiness, f.event_date, extract(year from f.event_date) as event_year,
        r.enterprise_code, d.group_code
    from core.platform as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    where r.is_latest
),
years as (
    select distinct r.period_key, p.period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'platforms' and r.is_latest and p.period_kind = 'year'
),
-- A co-builder may report the same step: the platform counts once, in the group that reports its last step and comes first in the register.
known as (
    select
        y.period_key, s.platform_level, s.platform_kind, s.platform_event, s.upgrade_readiness, s.enterprise_code, s.group_code,
        row_number() over (partition by y.period_key, s.platform_no order by s.event_date desc, s.platform_event, s.enterprise_code) as place
    from years as y join steps as s on s.event_year <= y.period_year
),
cut as (
    select
        case grouping(platform_level, platform_kind, platform_event, group_code) when 15 then 'total' when 7 then 'platform_level' when 11 then 'platform_kind' when 13 then 'platform_event' else 'group' end as breakdown,
        coalesce(platform_level, platform_kind, platform_event, group_code, 'all') as category, period_key,
        cast(count(*) filter (where platform_event in ('APPROVE', 'REORG', 'UPGRADE') and platform_level in ('NAT', 'PROV')) as decimal(28, 6)) as approved,
        cast(count(*) filter (where platform_level in ('NAT', 'PROV')) as decimal(28, 6)) as known,
        cast(count(*) filter (where upgrade_readiness in ('READY', 'APPLIED') and platform_event in ('APPROVE', 'REORG', 'UPGRADE')) as decimal(28, 6)) as ready,
        cast(count(distinct enterprise_code) as integer) as contributors
    from known where place = 1
    group by grouping sets ((period_key), (period_key, platform_level), (period_key, platform_kind), (period_key, platform_event), (period_key, group_code))
),
-- A level, kind or state that does not occur in a year of which others do is zero there, not missing.
complete as (
    select * from cut
    union all
    select m.breakdown, m.category, y.period_key, 0, 0, 0, 0
    from (select distinct breakdown, category from cut where breakdown not in ('total', 'group')) as m
    cross join (select distinct period_key from cut) as y
    left join cut as c on c.breakdown = m.breakdown and c.category = m.category and c.period_key = y.period_key
    where c.period_key is null
)
select 'platforms', breakdown, category, period_key, approved, null, null, contributors from complete where breakdown in ('total', 'platform_level', 'platform_kind', 'group') and category not in ('CITY', 'OWN')
union all
select 'platforms_by_state', breakdown, category, period_key, known, null, null, contributors from complete where breakdown = 'platform_event'
union all
select 'platforms_ready', 'total', 'all', period_key, ready, null, null, contributors from complete where breakdown = 'total'
union all
select case category when 'NAT' then 'platforms_national' else 'platforms_provincial' end, 'total', 'all', period_key, approved, null, null, contributors
from complete where breakdown = 'platform_level' and category in ('NAT', 'PROV');
