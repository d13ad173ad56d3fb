-- grain: one row per return, measure, type and stretch of years: reported events of what core.patent_tally and core.patent_stock_tally count
-- key: return_id, measure, patent_type, from_year, until_year
-- by: patent
create table core.patent_tally_source (
    return_id bigint,                -- return that the events stand in
    measure varchar,                 -- filed, granted or in_force
    patent_type varchar,             -- type under which the patents are reported
    from_year integer,               -- first year that they count for: that of the event
    until_year integer,              -- first year that they no longer count for; 9999 where no event ends it
    events bigint                    -- events
);
insert into core.patent_tally_source
with events as (
    select e.application_no, e.patent_type, e.event, e.event_date, e.event_year, e.first_owner_code, e.return_id
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
        e.application_no, e.event_date, e.event_year, e.patent_type, e.return_id,
        case when e.event in ('GRANT', 'RESTORE') then 0 when e.event = 'ASSIGN' and e.first_owner_code is distinct from o.owner and e.first_owner_code is not null then 2 else 1 end as step
    from events as e
    left join owner_before as o using (application_no, event_date)
    where e.event = 'ASSIGN' or e.first_owner_code is not null and e.event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'RESTORE')
),
-- What an event decides holds until the next one; on one day a loss comes after a grant, and the new owner after the old one's loss. What several
-- owners report is one event.
turns as (
    select return_id, patent_type, step, event_year, first_value(event_year) over (partition by application_no order by event_date, step groups between 1 following and 1 following) as until_year
    from steps
),
stretches as (
    select return_id, case event when 'FILE' then 'filed' else 'granted' end as measure, patent_type, event_year as from_year, event_year + 1 as until_year
    from events where event in ('FILE', 'GRANT')
    union all
    select return_id, 'in_force', patent_type, event_year, coalesce(until_year, 9999) from turns where step <> 1
)
select return_id, measure, patent_type, from_year, until_year, count(*) from stretches where from_year < until_year group by all;
