-- grain: one row per concentration over groups and cell that a group's amount comes from
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
create view lineage.concentration as
with places as (
    select period_key, category as group_code, row_number() over (partition by period_key order by value desc, category) as place
    from metric.amount where metric = 'rd_expense' and breakdown = 'group'
),
cells as (
    select * from lineage.amount where metric = 'rd_expense' and breakdown = 'group'
)
select 'rd_cr4' as metric, 'total' as breakdown, 'all' as category, c.period_key, case c.side when 'value' then 'numerator' else c.side end as side, c.weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from cells as c join places as p on p.period_key = c.period_key and p.group_code = c.category and p.place <= 4
union all
select 'rd_cr4', 'total', 'all', period_key, case side when 'value' then 'denominator' else side end, weight, fact, fact_column, return_id, source_row, field, amount from cells
union all
select 'rd_hhi', 'total', 'all', period_key, side, null, fact, fact_column, return_id, source_row, field, amount from cells;
