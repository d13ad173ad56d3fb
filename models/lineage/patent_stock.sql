-- grain: one row per count of patents in force and reported event that keeps the patent in force
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: value (a plain sum or count), numerator or denominator
--   weight: by how much the side moves when the cell moves by one; null where it is not linear
--   fact: table of facts that holds the cell
--   fact_column: its column in that table
--   return_id: return that the cell stands in
--   source_row: row in the file
--   field: field of the form; core.source_column tells its column
--   amount: amount of the cell in the unit of the warehouse; null where the row is counted
create view lineage.patent_stock as
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
decisive as (
    select y.period_key, e.return_id, e.source_row, e.patent_type, e.step
    from steps as e
    join (
        select distinct p.period_key, p.period_end
        from core.dim_return as r join core.dim_period as p using (period_key)
        where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
    ) as y on e.event_date <= y.period_end
    -- The last event up to a year's end decides; on one day a loss comes after a grant, and the new owner after the old one's loss. Each owner who reports it counts.
    qualify rank() over (partition by y.period_key, e.application_no order by e.event_date desc, e.step desc) = 1
)
select
    'patents_in_force' as metric, place.breakdown, place.category, d.period_key, 'value' as side, cast(null as integer) as weight,
    'core.patent_event' as fact, 'application_no' as fact_column, d.return_id, d.source_row, 'application_no' as field, cast(null as decimal(28, 6)) as amount
from decisive as d
cross join lateral (values ('total', 'all'), ('patent_type', d.patent_type)) as place (breakdown, category)
where d.step <> 1 and place.category is not null;
