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
with stretches as (
    select e.return_id, case e.event when 'FILE' then 'filed' else 'granted' end as measure, e.patent_type, e.event_year as from_year, e.event_year + 1 as until_year
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest and e.event in ('FILE', 'GRANT')
    union all
    select return_id, 'in_force', patent_type, event_year, coalesce(cast(extract(year from until) as integer), 9999) from lineage.patent_stretch
)
select return_id, measure, patent_type, from_year, until_year, count(*) from stretches where from_year < until_year group by all;
