-- grain: one row per count of enterprises with a title and row that it comes from
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
create view lineage.title_count as
with held as (
    select f.return_id, f.source_row, f.enterprise_title, f.period_key, d.group_code
    from core.enterprise_title as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and f.is_held_at_end and p.period_kind = 'year'
)
select
    place.metric, place.breakdown, place.category, h.period_key, 'value' as side, cast(null as integer) as weight,
    'core.enterprise_title' as fact, 'enterprise_title' as fact_column, h.return_id, h.source_row, 'enterprise_title' as field, cast(null as decimal(28, 6)) as amount
from held as h
cross join lateral (
    values ('innovative_enterprises', 'total', 'all'), ('innovative_enterprises', 'enterprise_title', h.enterprise_title), ('innovative_enterprises', 'group', h.group_code),
        ('chain_leaders', 'total', case when h.enterprise_title = 'CHAIN' then 'all' end)
) as place (metric, breakdown, category)
where place.category is not null
union all
select
    m.metric, place.breakdown, place.category, t.period_key, 'value', null, 'core.enterprise_title', 'valid_to', t.return_id, t.source_row, 'valid_to', null
from metric.title_standing as t
join (values ('titles_lapsing', 'LAPSING'), ('titles_lapsed', 'LAPSED')) as m (metric, standing) on m.standing = t.standing
cross join lateral (values ('total', 'all'), ('enterprise_title', t.enterprise_title)) as place (breakdown, category);
