-- grain: one row per reported event that brings or keeps a patent in force, with how long it decides so
--   patent_type: type under which the patent is reported
--   event_date: day of the event
--   event_year: its year
--   until: day from which the next event decides; null where there is none
--   return_id: return that the event stands in
--   source_row: row in the file
create view lineage.patent_stretch as
with turns as (
    -- On one day a loss comes after a grant, and the new owner after the old one's loss. What several owners report is one event.
    select *, first_value(event_date) over (partition by application_no order by event_date, step groups between 1 following and 1 following) as until
    from lineage.patent_step
)
select patent_type, event_date, event_year, until, return_id, source_row from turns where step <> 1;
