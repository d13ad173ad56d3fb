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
with decisive as (
    select
        y.period_key, y.period_end, e.return_id, e.source_row, e.patent_type, e.event
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    join (
        select distinct p.period_key, p.period_end
        from core.dim_return as r join core.dim_period as p using (period_key)
        where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
    ) as y on e.event_date <= y.period_end
    where r.is_latest and e.first_owner_code is not null and e.event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'ASSIGN', 'RESTORE')
    -- The last event up to a year's end decides; on one day a loss comes after a grant. Each owner who reports it counts.
    qualify rank() over (partition by y.period_key, e.application_no order by e.event_date desc, e.event not in ('GRANT', 'RESTORE') desc) = 1
)
select
    'patents_in_force' as metric, place.breakdown, place.category, d.period_key, 'value' as side, cast(null as integer) as weight,
    'core.patent_event' as fact, 'application_no' as fact_column, d.return_id, d.source_row, 'application_no' as field, cast(null as decimal(28, 6)) as amount
from decisive as d
cross join lateral (values ('total', 'all'), ('patent_type', d.patent_type)) as place (breakdown, category)
where d.event in ('GRANT', 'RESTORE') and place.category is not null;
