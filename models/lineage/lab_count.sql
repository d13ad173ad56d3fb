-- grain: one row per figure on the readiness of laboratories and row that it comes from
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
create view lineage.lab_count as
with stated as (
    select f.*
    from core.lab_readiness as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
)
select
    place.metric, place.breakdown, place.category, s.period_key, place.side, cast(null as integer) as weight,
    'core.lab_readiness' as fact, place.field as fact_column, s.return_id, s.source_row, place.field, cast(null as decimal(28, 6)) as amount
from stated as s
cross join lateral (
    values ('labs_reported', 'total', 'all', 'value', 'lab_no'), ('lab_criteria_met', 'total', 'all', 'value', 'criterion_state'), ('lab_criteria_met', 'upgrade_criterion', s.upgrade_criterion, 'value', 'criterion_state'),
        ('lab_criteria_met_share', 'total', 'all', 'numerator', 'criterion_state'), ('lab_criteria_met_share', 'total', 'all', 'denominator', 'upgrade_criterion')
) as place (metric, breakdown, category, side, field);
