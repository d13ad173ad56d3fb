-- grain: one row per figure in the perimeter of the last year and cell that it comes from
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
create view lineage.comparable as
with years as (
    select distinct p.period_year, p.period_key, max(p.period_year) over () as last_year, max(p.period_end) over () as last_day
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest and r.form in ('rd_spend', 'finance') and p.period_kind = 'year'
),
placed as (
    select a.metric, y.period_key, a.enterprise_code, place.breakdown, place.category, sum(a.share) as share
    from metric.carried_amount as a
    join years as y on y.period_year = a.period_year and y.last_year = a.perimeter_year
    join core.dim_enterprise as d on d.enterprise_code = a.carrier_code and d.valid_from <= y.last_day and d.ends_on >= y.last_day
    cross join lateral (values ('total', 'all'), ('group', d.group_code)) as place (breakdown, category)
    anti join (
        select distinct x.metric, x.perimeter_year, coalesce(j.enterprise_code, x.unit_code) as carrier_code
        from metric.absent_unit as x left join metric.joined_unit as j using (base_year, perimeter_year, unit_code)
    ) as x on x.metric = a.metric and x.perimeter_year = y.last_year and x.carrier_code = a.carrier_code
    where place.category is not null
    group by all
),
cells as (
    select
        p.metric, p.breakdown, p.category, p.period_key, p.enterprise_code, case when p.share = 1 then 1 end as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
    from placed as p
    join lineage.enterprise_cell as c on c.period_key = p.period_key and c.enterprise_code = p.enterprise_code
        and c.field = case p.metric when 'rd_expense' then 'expense_total_wan' else 'revenue_wan' end
)
select metric || '_comparable' as metric, breakdown, category, period_key, 'value' as side, weight, fact, fact_column, return_id, source_row, field, amount
from cells
union all
select 'rd_intensity_comparable', c.breakdown, c.category, c.period_key, case c.metric when 'rd_expense' then 'numerator' else 'denominator' end, c.weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from cells as c
semi join cells as o on o.metric <> c.metric and o.breakdown = c.breakdown and o.category = c.category and o.period_key = c.period_key and o.enterprise_code = c.enterprise_code;
