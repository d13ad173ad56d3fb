-- grain: one row per end of a year and reported event that keeps a patent in force then; each owner who reports it has one
--   period_key: period at the end of which the patent is in force
--   patent_type: type under which it is reported
--   return_id: return that the event stands in
--   source_row: row in the file
create view lineage.patent_kept_event as
with ends as (
    select distinct p.period_key, p.period_end
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
)
select y.period_key, e.patent_type, e.return_id, e.source_row
from lineage.patent_stretch as e
join ends as y on e.event_date <= y.period_end and (e.until is null or e.until > y.period_end);
