-- grain: one row per count of patents and return with events that it counts
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   return_id: return that the events stand in
create view lineage.patent_count_source as
with first_return as (
    select min(p.period_year) as period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest
),
events as (
    select case s.measure when 'filed' then 'patents_filed' else 'patents_granted' end as metric, s.from_year as event_year, s.patent_type, d.group_code, s.return_id
    from core.patent_tally_source as s
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
    where s.measure in ('filed', 'granted') and s.from_year >= (select period_year from first_return)
)
select distinct e.metric, place.breakdown, place.category, e.event_year * 1000 as period_key, e.return_id
from events as e
cross join lateral (values ('total', 'all'), ('patent_type', e.patent_type), ('group', e.group_code)) as place (breakdown, category)
where place.category is not null
union all
select distinct e.metric || '_cumulative', 'total', 'all', y.year * 1000, e.return_id
from events as e
join (select distinct period_key // 1000 as year from metric.patent_count where metric like '%\_cumulative' escape '\') as y on y.year >= e.event_year
where e.event_year >= 2021;
