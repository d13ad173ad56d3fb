-- grain: one row per reported event that decides whether a patent is in force, of returns in force; each owner who reports it has one
--   application_no: the patent
--   event_date: day of the event
--   event_year: its year
--   patent_type: type under which it is reported
--   return_id: return that the event stands in
--   source_row: row in the file
--   step: 0 comes into force, 1 goes out (or to an owner outside the register), 2 goes to another owner in the register
create view lineage.patent_step as
with events as (
    select e.application_no, e.event_date, e.event_year, e.patent_type, e.return_id, e.source_row, e.event, e.first_owner_code
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest
),
-- The first owner by the last event before an assignment; day and owner as one text, whose largest takes no more memory than itself.
owner_before as (
    select a.application_no, a.event_date, substr(max(cast(e.event_date as varchar) || coalesce(e.first_owner_code, '')), 11) as owner
    from (select distinct application_no, event_date from events where event = 'ASSIGN') as a
    join events as e on e.application_no = a.application_no and e.event_date < a.event_date
    group by a.application_no, a.event_date
)
select
    application_no, event_date, event_year, patent_type, return_id, source_row, case when event in ('GRANT', 'RESTORE') then 0 else 1 end as step
from events
where first_owner_code is not null and event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'RESTORE')
union all
-- An assignment that names another first owner than the events before it, one in the register, moves the patent to him; any other takes it out.
select
    e.application_no, e.event_date, e.event_year, e.patent_type, e.return_id, e.source_row,
    case when e.first_owner_code is distinct from o.owner and e.first_owner_code is not null then 2 else 1 end
from events as e
left join owner_before as o using (application_no, event_date)
where e.event = 'ASSIGN';
