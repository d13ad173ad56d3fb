-- grain: one row per ratio of patent counts and cell or reported event that one of its sides comes from
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
create view lineage.patent_ratio as
with counts as (
    select * from lineage.patent_count where metric in ('patents_filed', 'patents_granted')
    union all
    select * from lineage.patent_stock
),
shares (metric, counted) as (
    values ('invention_share_filed', 'patents_filed'), ('invention_share_granted', 'patents_granted'), ('invention_share_in_force', 'patents_in_force')
)
select s.metric, 'total' as breakdown, 'all' as category, c.period_key, 'numerator' as side, cast(null as integer) as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from counts as c join shares as s on s.counted = c.metric
where c.breakdown = 'patent_type' and c.category = 'I'
union all
select s.metric, 'total', 'all', c.period_key, 'denominator', null, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from counts as c join shares as s on s.counted = c.metric
where c.breakdown = 'total'
union all
select r.metric, r.breakdown, r.category, r.period_key, 'numerator', null, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from metric.patent_ratio as r
join counts as c on c.metric = 'patents_granted' and c.breakdown = 'total' and c.period_key = r.period_key
where r.metric = 'patents_per_100m_rd'
union all
select * from lineage.patent_ratio_spend;
