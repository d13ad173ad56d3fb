-- grain: one row per part of a whole (cost item, type of R&D, source of funds), its share, and cell that it comes from
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
create view lineage.structure as
with parts as (
    select 'core.rd_cost' as fact, 'amount_wan' as fact_column, 'rd_expense' as metric, 'cost_item' as breakdown, 'rd_cost_share' as share, cost_item as category, period_key, return_id, source_row, field, amount_wan from core.rd_cost
    union all
    select 'core.rd_activity', 'amount_wan', 'rd_intramural', 'activity', 'rd_activity_share', activity, period_key, return_id, source_row, field, amount_wan from core.rd_activity
    union all
    select 'core.rd_funding', 'amount_wan', 'rd_intramural', 'fund_source', 'rd_fund_share', fund_source, period_key, return_id, source_row, field, amount_wan from core.rd_funding
),
in_force as (
    select p.* from parts as p semi join (select return_id from core.dim_return where is_latest) using (return_id)
)
select metric, breakdown, category, period_key, 'value' as side, 1 as weight, fact, fact_column, return_id, source_row, field, cast(amount_wan as decimal(28, 6)) as amount from in_force
union all
select share, breakdown, category, period_key, 'numerator', 1, fact, fact_column, return_id, source_row, field, amount_wan from in_force
union all
select s.metric, s.breakdown, s.category, s.period_key, 'denominator', 1, f.fact, f.fact_column, f.return_id, f.source_row, f.field, f.amount_wan
from metric.structure as s
join in_force as f on f.share = s.metric and f.breakdown = s.breakdown and f.period_key = s.period_key;
