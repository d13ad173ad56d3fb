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
    select c.*, case c.field when 'expense_total_wan' then 'rd_expense_month' else 'revenue_month' end as metric, p.period_year, p.period_month, m.period_key as month_key
    from lineage.enterprise_cell as c join core.dim_period as p using (period_key)
    join core.dim_period as m on m.period_kind = 'month' and m.period_year = p.period_year and m.period_month = p.period_month
    where c.field in ('expense_total_wan', 'revenue_wan') and p.period_kind = 'ytd'
)
select metric, 'total' as breakdown, 'all' as category, month_key as period_key, 'value' as side, 1 as weight, fact, fact_column, return_id, source_row, field, amount
from ytd where period_month = 1
union all
select now.metric, 'total', 'all', now.month_key, 'value', cell.weight, now.fact, now.fact_column, cell.return_id, cell.source_row, now.field, cell.amount
from ytd as now
join ytd as before on before.metric = now.metric and before.enterprise_code = now.enterprise_code and before.period_year = now.period_year and before.period_month = now.period_month - 1
cross join lateral (values (1, now.return_id, now.source_row, now.amount), (-1, before.return_id, before.source_row, before.amount)) as cell (weight, return_id, source_row, amount);
