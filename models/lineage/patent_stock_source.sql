-- grain: one row per count of patents in force and return with events that keep them in force
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   return_id: return that the events stand in
create view lineage.patent_stock_source as
with ends as (
    select distinct p.period_key, p.period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
),
events as (
    select distinct y.period_key, s.patent_type, s.return_id
    from core.patent_tally_source as s
    join ends as y on s.from_year <= y.period_year and s.until_year > y.period_year
    where s.measure = 'in_force'
)
select distinct 'patents_in_force' as metric, place.breakdown, place.category, e.period_key, e.return_id
from events as e
cross join lateral (values ('total', 'all'), ('patent_type', e.patent_type)) as place (breakdown, category)
where place.category is not null;
