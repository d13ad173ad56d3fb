-- grain: one row per figure on achievements put to use and row that it comes from
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
create view lineage.achievement_amount as
with reported as (
    select f.*, d.group_code
    from core.achievement as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
)
select
    'achievements' as metric, place.breakdown, place.category, a.period_key, 'value' as side, cast(null as integer) as weight,
    'core.achievement' as fact, 'achievement_no' as fact_column, a.return_id, a.source_row, 'achievement_no' as field, cast(null as decimal(28, 6)) as amount
from reported as a
cross join lateral (values ('total', 'all'), ('achievement_measure', a.achievement_measure), ('group', a.group_code)) as place (breakdown, category)
where place.category is not null
union all
select
    case achievement_measure when 'SALES' then 'achievement_sales' when 'OUTPUT' then 'achievement_output' when 'BENEFIT' then 'achievement_benefit' else 'achievement_area' end,
    'total', 'all', period_key, 'value', 1, 'core.achievement', 'measured_value', return_id, source_row, 'measured_value', measured_value
from reported
where (achievement_measure in ('SALES', 'OUTPUT', 'BENEFIT') and measure_unit = 'wan' or achievement_measure = 'AREA' and measure_unit = 'mu') and measured_value is not null
union all
select
    'achievement_verified_share', 'achievement_measure', a.achievement_measure, a.period_key, side.side, 1, 'core.achievement', 'measured_value', a.return_id, a.source_row, 'measured_value', a.measured_value
from reported as a
cross join (values ('numerator'), ('denominator')) as side (side)
where a.achievement_measure in ('SALES', 'OUTPUT', 'BENEFIT') and a.measure_unit = 'wan' and a.measured_value is not null
    and (side.side = 'denominator' or a.value_verification in ('USER', 'AUDIT'));
