-- grain: one row per change of intensity and cell that the intensity of the year or of the year before comes from
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
create view lineage.intensity_change as
with counted as (
    select r.perimeter_year, r.period_year, r.enterprise_code
    from metric.carried_amount as r
    semi join metric.carried_amount as v on v.metric = 'revenue' and v.perimeter_year = r.perimeter_year and v.period_year = r.period_year
        and v.enterprise_code = r.enterprise_code and v.carrier_code = r.carrier_code
    anti join metric.unreported as u on u.period_year = case when r.period_year < r.perimeter_year then r.perimeter_year else r.perimeter_year - 1 end
        and u.enterprise_code = case when r.period_year < r.perimeter_year then r.carrier_code else r.enterprise_code end
    where r.metric = 'rd_expense' and r.period_year >= r.perimeter_year - 1
    group by all
),
known as (
    select breakdown, category, period_key from metric.intensity_change where metric = 'rd_intensity_change_pp'
)
select
    m.metric, k.breakdown, k.category, k.period_key, case when n.period_year = p.period_year then 'numerator' else 'denominator' end as side,
    cast(null as integer) as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from known as k
join core.dim_period as p using (period_key)
cross join (values ('rd_intensity_change_pp'), ('rd_intensity_growth')) as m (metric)
join counted as n on n.perimeter_year = p.period_year
join core.dim_period as y on y.period_kind = 'year' and y.period_year = n.period_year
join lineage.enterprise_cell as c on c.period_key = y.period_key and c.enterprise_code = n.enterprise_code and c.field in ('expense_total_wan', 'revenue_wan')
    and k.category = case k.breakdown when 'total' then 'all' when 'group' then c.group_code else c.sector end;
