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
select
    s.metric, s.breakdown, s.category, s.period_key, s.side as side, cast(null as integer) as weight,
    'core.patent_event' as fact, 'application_no' as fact_column, s.return_id, unnest(s.source_rows) as source_row, 'application_no' as field, cast(null as decimal(28, 6)) as amount
from lineage.patent_ratio_source as s
union all select * from lineage.patent_ratio_spend;
