-- grain: one row per measure, year and member of a breakdown: patents, each of which counts once, however many owners report it
-- key: measure, event_year, breakdown, category
-- by: patent
create table core.patent_tally (
    measure varchar,                 -- filed or granted: by year of the event; in_force: what came into force in the year less what went out
    event_year integer,              -- year of the event
    breakdown varchar,               -- total, patent_type or group; in_force by patent_type alone
    category varchar,                -- member of the breakdown; all for total
    patents bigint                   -- patents
);
insert into core.patent_tally
with events as (
    select e.application_no, e.patent_type, e.event, e.event_date, e.event_year, e.first_owner_code, e.enterprise_key
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest
),
counted as (
    select case e.event when 'FILE' then 'filed' else 'granted' end as measure, e.event_year, e.application_no, e.patent_type, d.group_code
    from events as e
    join core.dim_enterprise as d using (enterprise_key)
    where e.event in ('FILE', 'GRANT')
),
kind as (select code, cast(pow(2, row_number() over (order by code) - 1) as integer) as bit from seed.patent_type),
-- Each patent once, with the types under which it is reported as bits of a number: what is left to break down are the few combinations that occur.
combination as (
    select measure, event_year, types, count(*) as n
    from (
        select measure, event_year, bit_or(k.bit) as types
        from counted join kind as k on k.code = patent_type
        group by measure, event_year, application_no
    ) as patent
    group by measure, event_year, types
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
tallied as (
    select measure, event_year, 'total' as breakdown, 'all' as category, n from combination
    union all
    select measure, event_year, 'patent_type', code, n from combination join kind on types % (2 * bit) >= bit
    union all
    select measure, event_year, 'group', group_code, count(*) from (select distinct measure, event_year, group_code, application_no from counted) as owned group by measure, event_year, group_code
    union all
    select 'in_force', step_year, 'patent_type', patent_type, count(*) from turn where in_force group by step_year, patent_type
    union all
    select 'in_force', step_year, 'patent_type', patent_type_before, -count(*) from turn where was_in_force group by step_year, patent_type_before
)
select measure, cast(event_year as integer), breakdown, category, cast(sum(n) as bigint) from tallied group by measure, event_year, breakdown, category having sum(n) <> 0;
