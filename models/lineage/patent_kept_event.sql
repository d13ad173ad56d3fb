-- grain: one row per end of a year and reported event that keeps a patent in force then; each owner who reports it has one
--   period_key: period at the end of which the patent is in force
--   patent_type: type under which it is reported
--   return_id: return that the event stands in
--   source_row: row in the file
create view lineage.patent_kept_event as
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
        e.application_no, e.event_date, e.patent_type, e.return_id, e.source_row,
        case when e.event in ('GRANT', 'RESTORE') then 0 when e.event = 'ASSIGN' and e.first_owner_code is distinct from o.owner and e.first_owner_code is not null then 2 else 1 end as step
    from events as e
    left join owner_before as o using (application_no, event_date)
    where e.event = 'ASSIGN' or e.first_owner_code is not null and e.event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'RESTORE')
),
-- What an event decides holds until the next one; on one day a loss comes after a grant, and the new owner after the old one's loss. What several
-- owners report is one event.
turns as (
    select *, first_value(event_date) over (partition by application_no order by event_date, step groups between 1 following and 1 following) as until from steps
),
ends as (
    select distinct p.period_key, p.period_end
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
)
select y.period_key, e.patent_type, e.return_id, e.source_row
from turns as e
join ends as y on e.event_date <= y.period_end and (e.until is null or e.until > y.period_end)
where e.step <> 1;
