-- grain: one row per average annual growth and cell that the amount of the year or of the base year comes from
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
create view lineage.growth_from_base as
with carried as (
    select
        a.metric, a.perimeter_year, base.base_year, coalesce(j.unit_code, a.carrier_code) as unit_code, a.period_year, a.enterprise_code, a.carrier_code, a.share
    from metric.carried_amount as a
    join (values (2020), (2022), (2023)) as base (base_year) on base.base_year < a.perimeter_year and a.period_year in (a.perimeter_year, base.base_year)
    left join metric.joined_unit as j on j.base_year = base.base_year and j.perimeter_year = a.perimeter_year and j.enterprise_code = a.carrier_code
),
answered as (
    from carried as c
    anti join metric.absent_unit as x on x.metric = c.metric and x.base_year = c.base_year and x.perimeter_year = c.perimeter_year and x.unit_code = c.unit_code
),
-- Of the intensity only what states both amounts.
paired as (
    select 'rd_intensity' as family, c.*
    from answered as c
    semi join answered as o on o.metric <> c.metric and o.perimeter_year = c.perimeter_year and o.base_year = c.base_year and o.period_year = c.period_year
        and o.enterprise_code = c.enterprise_code and o.carrier_code = c.carrier_code
),
families as (
    select metric as family, * from answered union all from paired
),
-- Enterprises whose amounts count on a side, with the share that does.
counted as (
    select g.metric, g.category, g.period_key, s.side, c.family, c.metric as amount_metric, c.period_year, c.enterprise_code, sum(c.share) as share
    from metric.growth_from_base as g
    join core.dim_period as p using (period_key)
    cross join lateral (values ('numerator', p.period_year, cast(g.category as integer)), ('denominator', cast(g.category as integer), p.period_year)) as s (side, period_year, other_year)
    join families as c on c.family = replace(g.metric, '_cagr', '') and c.perimeter_year = p.period_year and c.base_year = cast(g.category as integer) and c.period_year = s.period_year
    semi join families as o on o.family = c.family and o.perimeter_year = c.perimeter_year and o.base_year = c.base_year and o.period_year = s.other_year and o.unit_code = c.unit_code
    group by all
)
select n.metric, 'base_year' as breakdown, n.category, n.period_key, n.side, case when n.share = 1 and n.family <> 'rd_intensity' then 1 end as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from counted as n
join core.dim_period as p on p.period_year = n.period_year and p.period_kind = 'year'
join lineage.enterprise_cell as c on c.period_key = p.period_key and c.enterprise_code = n.enterprise_code
    and c.field = case n.amount_metric when 'rd_expense' then 'expense_total_wan' else 'revenue_wan' end;
