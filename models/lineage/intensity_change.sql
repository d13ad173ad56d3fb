-- grain: one row per change of intensity and cell that the intensity of the year or of the year before comes from
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
create view lineage.intensity_change as
with years as (
    select r.*, p.period_year, p.period_kind from lineage.ratio as r join core.dim_period as p using (period_key)
    where r.metric = 'rd_intensity' and r.breakdown in ('total', 'group') and p.period_kind = 'year'
),
known as (
    select breakdown, category, period_key from metric.intensity_change where metric = 'rd_intensity_change_pp'
)
select m.metric, k.breakdown, k.category, k.period_key, side.side, cast(null as integer) as weight, y.fact, y.fact_column, y.return_id, y.source_row, y.field, y.amount
from known as k
join core.dim_period as p using (period_key)
cross join (values ('rd_intensity_change_pp'), ('rd_intensity_growth')) as m (metric)
cross join (values ('numerator', 0), ('denominator', 1)) as side (side, years_before)
join years as y on y.breakdown = k.breakdown and y.category = k.category and y.period_year = p.period_year - side.years_before;
