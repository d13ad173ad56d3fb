-- grain: one row per count of patents and return with events that it counts
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   return_id: return that the events stand in
create view lineage.patent_count_source as
-- A return has thousands of events and few kinds of them.
with events as (
    select distinct metric, event_year, patent_type, group_code, return_id from lineage.patent_counted_event
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
