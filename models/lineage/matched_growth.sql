-- grain: one row per growth without those missing in one of two years and cell that a side comes from
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
create view lineage.matched_growth as
with cells as (
    select 'rd_fte_yoy' as metric, place.breakdown, place.category, c.period_key, c.enterprise_code, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
    from lineage.enterprise_cell as c
    cross join lateral (values ('total', 'all'), ('group', c.group_code)) as place (breakdown, category)
    where c.field = 'rd_personnel_fte' and place.category is not null
    union all
    select
        case s.breakdown when 'cost_item' then 'rd_cost_yoy' when 'activity' then 'rd_activity_yoy' else 'rd_fund_yoy' end,
        s.breakdown, s.category, s.period_key, r.enterprise_code, s.fact, s.fact_column, s.return_id, s.source_row, s.field, s.amount
    from lineage.structure as s
    join core.dim_return as r using (return_id)
    where s.side = 'value'
),
unanswered as (
    select distinct c.perimeter_year as period_year, c.enterprise_code
    from metric.carried_amount as c
    join metric.unreported as u on u.metric = c.metric and u.period_year = c.perimeter_year and u.enterprise_code = c.carrier_code
    where c.metric = 'rd_expense' and c.period_year = c.perimeter_year - 1
),
known as (select metric, breakdown, category, period_key, period_key // 1000 as period_year from metric.matched_growth)
select k.metric, k.breakdown, k.category, k.period_key, 'numerator' as side, 1 as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from known as k
join cells as c on c.metric = k.metric and c.breakdown = k.breakdown and c.category = k.category and c.period_key = k.period_key
anti join metric.unreported as u on u.metric = 'rd_expense' and u.period_year = k.period_year - 1 and u.enterprise_code = c.enterprise_code
union all
select k.metric, k.breakdown, k.category, k.period_key, 'denominator', 1, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from known as k
join cells as c on c.metric = k.metric and c.breakdown = k.breakdown and c.category = k.category and c.period_key = k.period_key - 1000
anti join unanswered as u on u.period_year = k.period_year and u.enterprise_code = c.enterprise_code;
