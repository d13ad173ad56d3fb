-- grain: one row per measure, year and member of a breakdown: patents, each of which counts once, however many owners report it
-- key: measure, event_year, breakdown, category
-- by: patent
create table core.patent_tally (
    measure varchar,                 -- filed or granted
    event_year integer,              -- year of the event
    breakdown varchar,               -- total, patent_type or group
    category varchar,                -- member of the breakdown; all for total
    patents bigint                   -- patents
);
insert into core.patent_tally
with counted as (
    select case e.event when 'FILE' then 'filed' else 'granted' end as measure, e.event_year, e.application_no, e.patent_type, d.group_code
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = e.enterprise_key
    where r.is_latest and e.event in ('FILE', 'GRANT')
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
tallied as (
    select measure, event_year, 'total' as breakdown, 'all' as category, n from combination
    union all
    select measure, event_year, 'patent_type', code, n from combination join kind on types % (2 * bit) >= bit
    union all
    select measure, event_year, 'group', group_code, count(*) from (select distinct measure, event_year, group_code, application_no from counted) as owned group by measure, event_year, group_code
)
select measure, event_year, breakdown, category, cast(sum(n) as bigint) from tallied group by measure, event_year, breakdown, category;
