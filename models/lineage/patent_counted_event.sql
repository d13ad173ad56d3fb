-- grain: one row per reported event of a patent that counts as filed or granted
--   metric: patents_filed or patents_granted
--   event_year: year of the event
--   patent_type: type under which it is reported
--   group_code: group of the enterprise that reports it
--   return_id: return that the event stands in
--   source_row: row in the file
create view lineage.patent_counted_event as
with first_return as (
    select min(p.period_year) as period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest
)
select
    case e.event when 'FILE' then 'patents_filed' else 'patents_granted' end as metric,
    e.event_year, e.patent_type, d.group_code, e.return_id, e.source_row
from core.patent_event as e
join core.dim_return as r using (return_id)
join core.dim_enterprise as d on d.enterprise_key = e.enterprise_key
where r.is_latest and e.event in ('FILE', 'GRANT') and e.event_year >= (select period_year from first_return);
