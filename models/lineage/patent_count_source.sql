-- grain: one row per count of patents and return with events that it counts
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   return_id: return that the events stand in
--   source_rows: their rows in the file
create view lineage.patent_count_source as
with first_return as (
    select min(p.period_year) as period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest
),
-- A return has thousands of events and few kinds of them: they are put together before they are broken down.
events as (
    select
        case e.event when 'FILE' then 'patents_filed' else 'patents_granted' end as metric,
        e.event_year, e.patent_type, d.group_code, e.return_id, list(e.source_row) as source_rows
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = e.enterprise_key
    where r.is_latest and e.event in ('FILE', 'GRANT') and e.event_year >= (select period_year from first_return)
    group by e.event, e.event_year, e.patent_type, d.group_code, e.return_id
)
select e.metric, place.breakdown, place.category, e.event_year * 1000 as period_key, e.return_id, e.source_rows
from events as e
cross join lateral (values ('total', 'all'), ('patent_type', e.patent_type), ('group', e.group_code)) as place (breakdown, category)
where place.category is not null
union all
select e.metric || '_cumulative', 'total', 'all', y.year * 1000, e.return_id, e.source_rows
from events as e
join (select distinct period_key // 1000 as year from metric.patent_count where metric like '%\_cumulative' escape '\') as y on y.year >= e.event_year
where e.event_year >= 2021;
