-- grain: one row per ratio of patents to spend and cell of the spend
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
create view lineage.patent_ratio_spend as
with spend as (
    select a.*, p.period_year from lineage.amount as a join core.dim_period as p using (period_key)
    where a.metric = 'rd_expense' and a.breakdown = 'total' and p.period_kind = 'year'
)
select
    r.metric, r.breakdown, r.category, r.period_key, case s.side when 'value' then 'denominator' else s.side end as side, s.weight,
    s.fact, s.fact_column, s.return_id, s.source_row, s.field, s.amount
from metric.patent_ratio as r
join core.dim_period as p using (period_key)
join spend as s on s.period_year = p.period_year - cast(r.category as integer)
where r.metric = 'patents_per_100m_rd';
