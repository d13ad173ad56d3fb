-- grain: one row per month and cell of the cumulative returns that it is the difference of
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
create view lineage.month as
with ytd as (
    select a.*, p.period_year, p.period_month from lineage.amount as a join core.dim_period as p using (period_key)
    where a.breakdown = 'total' and p.period_kind = 'ytd'
)
select m.metric, m.breakdown, m.category, m.period_key, 'value' as side, t.weight, y.fact, y.fact_column, y.return_id, y.source_row, y.field, y.amount
from metric.month as m
join core.dim_period as p using (period_key)
cross join lateral (values (1, p.period_month), (-1, p.period_month - 1)) as t (weight, period_month)
join ytd as y on y.metric || '_month' = m.metric and y.period_year = p.period_year and y.period_month = t.period_month
where m.value is not null;
