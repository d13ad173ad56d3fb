-- grain: one row per average annual growth and cell that the amount of the year or of the base year comes from
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
create view lineage.growth_from_base as
with years as (
    select a.*, p.period_year from lineage.amount as a join core.dim_period as p using (period_key)
    where a.metric in ('rd_expense', 'revenue') and a.breakdown = 'total' and p.period_kind = 'year'
)
select g.metric, g.breakdown, g.category, g.period_key, side.side, 1 as weight, y.fact, y.fact_column, y.return_id, y.source_row, y.field, y.amount
from metric.growth_from_base as g
join core.dim_period as p using (period_key)
cross join lateral (values ('numerator', p.period_year), ('denominator', cast(g.category as integer))) as side (side, period_year)
join years as y on y.metric = replace(g.metric, '_cagr', '') and y.period_year = side.period_year;
