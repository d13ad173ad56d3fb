-- grain: one row per count of patents in force and return with events that keep them in force
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   return_id: return that the events stand in
--   source_rows: their rows in the file
create view lineage.patent_stock_source as
with events as (
    select e.application_no, e.patent_type, e.event, e.event_date, e.first_owner_code, e.return_id, e.source_row
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest
),
owner_before as (
    select a.application_no, a.event_date, arg_max(coalesce(e.first_owner_code, ''), (e.event_date, coalesce(e.first_owner_code, ''))) as owner
    from (select distinct application_no, event_date from events where event = 'ASSIGN') as a
    join events as e on e.application_no = a.application_no and e.event_date < a.event_date
    group by all
),
steps as (
    select
        e.*, case when e.event in ('GRANT', 'RESTORE') then 0 when e.event = 'ASSIGN' and e.first_owner_code is distinct from o.owner and e.first_owner_code is not null then 2 else 1 end as step
    from events as e
    left join owner_before as o using (application_no, event_date)
    where e.event = 'ASSIGN' or e.first_owner_code is not null and e.event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'RESTORE')
),
-- What an event decides holds until the next one; on one day a loss comes after a grant, and the new owner after the old one's loss.
turns as (
    select application_no, event_date, step, lead(event_date) over (partition by application_no order by event_date, step) as until
    from (select distinct application_no, event_date, step from steps)
),
ends as (
    select distinct p.period_key, p.period_end
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
),
-- Each owner who reports the event that decides at a year's end counts.
decisive as (
    select y.period_key, e.patent_type, e.return_id, list(e.source_row) as source_rows
    from steps as e
    join turns as t using (application_no, event_date, step)
    join ends as y on t.event_date <= y.period_end and (t.until is null or t.until > y.period_end)
    where e.step <> 1
    group by y.period_key, e.patent_type, e.return_id
)
select 'patents_in_force' as metric, place.breakdown, place.category, d.period_key, d.return_id, d.source_rows
from decisive as d
cross join lateral (values ('total', 'all'), ('patent_type', d.patent_type)) as place (breakdown, category)
where place.category is not null;
