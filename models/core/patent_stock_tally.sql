-- grain: one row per year and type: patents that came into force in the year, less those that went out; only with a first owner in the register
-- key: event_year, patent_type
-- by: patent
create table core.patent_stock_tally (
    event_year integer,              -- year of the events
    patent_type varchar,             -- type under which they are reported
    patents bigint                   -- change of the number in force at the end of the year
);
insert into core.patent_stock_tally
-- The last event of a year decides; on one day a loss comes after a grant, and the new owner after the old one's loss: month, day and step as one number.
with last_step as (
    select application_no, event_year, min(patent_type) as patent_type, max((extract(month from event_date) * 32 + extract(day from event_date)) * 4 + step) % 4 <> 1 as in_force
    from lineage.patent_step group by application_no, event_year
),
turn as (
    select
        event_year, patent_type, in_force,
        lag(in_force, 1, false) over year_before as was_in_force, lag(patent_type) over year_before as patent_type_before
    from last_step
    window year_before as (partition by application_no order by event_year)
),
change as (
    select event_year, patent_type, count(*) as n from turn where in_force group by event_year, patent_type
    union all
    select event_year, patent_type_before, -count(*) from turn where was_in_force group by event_year, patent_type_before
)
select event_year, patent_type, cast(sum(n) as bigint) from change group by event_year, patent_type having sum(n) <> 0;
