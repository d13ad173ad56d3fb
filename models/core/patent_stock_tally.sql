-- grain: one row per year and type: patents that came into force in the year, less those that went out; only with a first owner in the register
-- key: event_year, patent_type
-- by: patent
create table core.patent_stock_tally (
    event_year integer,              -- year of the events
    patent_type varchar,             -- type under which they are reported
    patents bigint                   -- change of the number in force at the end of the year
);
insert into core.patent_stock_tally
with events as (
    select e.application_no, e.patent_type, e.event, e.event_date, e.first_owner_code
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest
),
-- An assignment that names another first owner than the events before it, one in the register, moves the patent to him; any other takes it out.
owner_before as (
    select a.application_no, a.event_date, substr(max(cast(e.event_date as varchar) || coalesce(e.first_owner_code, '')), 11) as owner
    from (select distinct application_no, event_date from events where event = 'ASSIGN') as a
    join events as e on e.application_no = a.application_no and e.event_date < a.event_date
    group by a.application_no, a.event_date
),
steps as (
    select e.application_no, e.patent_type, e.event_date, case when event in ('GRANT', 'RESTORE') then 0 else 1 end as step
    from events as e
    where first_owner_code is not null and event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'RESTORE')
    union all
    select e.application_no, e.patent_type, e.event_date, case when e.first_owner_code is distinct from o.owner and e.first_owner_code is not null then 2 else 1 end
    from events as e
    left join owner_before as o using (application_no, event_date)
    where event = 'ASSIGN'
),
-- The last event of a year decides; on one day a loss comes after a grant, and the new owner after the old one's loss: month, day and step as one number.
last_step as (
    select application_no, extract(year from event_date) as step_year, min(patent_type) as patent_type, max((extract(month from event_date) * 32 + extract(day from event_date)) * 4 + step) % 4 <> 1 as in_force
    from steps group by application_no, extract(year from event_date)
),
turn as (
    select
        step_year, patent_type, in_force,
        lag(in_force, 1, false) over year_before as was_in_force, lag(patent_type) over year_before as patent_type_before
    from last_step
    window year_before as (partition by application_no order by step_year)
),
change as (
    select step_year, patent_type, count(*) as n from turn where in_force group by step_year, patent_type
    union all
    select step_year, patent_type_before, -count(*) from turn where was_in_force group by step_year, patent_type_before
)
select cast(step_year as integer), patent_type, cast(sum(n) as bigint) from change group by step_year, patent_type having sum(n) <> 0;
