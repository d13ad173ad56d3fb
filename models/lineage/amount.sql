-- grain: one row per amount (R&D expense, intramural, revenue, staff) and cell that it comes from
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: value (a plain sum or count), numerator or denominator; base or donor for what an imputed amount is made of
--   weight: by how much the side moves when the cell moves by one; null where it is not linear
--   fact: table of facts that holds the cell
--   fact_column: its column in that table
--   return_id: return that the cell stands in
--   source_row: row in the file
--   field: field of the form; core.source_column tells its column
--   amount: amount of the cell in the unit of the warehouse; null where the row is counted
create view lineage.amount as
with fields (metric, field) as (
    values
        ('rd_expense', 'expense_total_wan'), ('rd_intramural', 'intramural_total_wan'), ('revenue', 'revenue_wan'),
        ('rd_fte', 'rd_personnel_fte'), ('rd_expense_prior_restated', 'expense_total_prior_wan')
)
select f.metric, place.breakdown, place.category, c.period_key, coalesce(c.imputation_part, 'value') as side, case when c.imputation_part is null and c.fact <> 'metric.imputed_amount' then 1 end as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from lineage.completed_cell as c
join fields as f using (field)
cross join lateral (
    values ('total', 'all'), ('group', c.group_code), ('industry', c.industry), ('city', c.city), ('sector', c.sector), ('enterprise', c.enterprise_code)
) as place (breakdown, category)
where place.category is not null;
