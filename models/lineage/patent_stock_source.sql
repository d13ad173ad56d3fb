-- grain: one row per count of patents in force and return with events that keep them in force
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   return_id: return that the events stand in
create view lineage.patent_stock_source as
select distinct 'patents_in_force' as metric, place.breakdown, place.category, d.period_key, d.return_id
from (select distinct period_key, patent_type, return_id from lineage.patent_kept_event) as d
cross join lateral (values ('total', 'all'), ('patent_type', d.patent_type)) as place (breakdown, category)
where place.category is not null;
