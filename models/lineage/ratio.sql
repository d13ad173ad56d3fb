-- grain: one row per ratio of two sums and cell that one of them comes from
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
create view lineage.ratio as
with sides (metric, side, field, other_field) as (
    values
        ('rd_intensity', 'numerator', 'expense_total_wan', 'revenue_wan'),
        ('rd_intensity', 'denominator', 'revenue_wan', 'expense_total_wan'),
        ('rd_expense_yoy', 'numerator', 'expense_total_wan', 'expense_total_prior_wan'),
        ('rd_expense_yoy', 'denominator', 'expense_total_prior_wan', 'expense_total_wan'),
        ('rd_intramural_yoy', 'numerator', 'intramural_total_wan', 'intramural_total_prior_wan'),
        ('rd_intramural_yoy', 'denominator', 'intramural_total_prior_wan', 'intramural_total_wan'),
        ('revenue_yoy', 'numerator', 'revenue_wan', 'revenue_prior_wan'),
        ('revenue_yoy', 'denominator', 'revenue_prior_wan', 'revenue_wan'),
        ('rd_expense_per_fte', 'numerator', 'expense_total_wan', 'rd_personnel_fte'),
        ('rd_expense_per_fte', 'denominator', 'rd_personnel_fte', 'expense_total_wan')
)
select s.metric, place.breakdown, place.category, c.period_key, coalesce(c.imputation_part, s.side) as side, case when c.imputation_part is null and c.fact <> 'metric.imputed_amount' then 1 end as weight, c.fact, c.fact_column, c.return_id, c.source_row, c.field, c.amount
from lineage.completed_cell as c
join sides as s using (field)
-- Only enterprises with both sides count.
semi join lineage.completed_cell as other
    on other.period_key = c.period_key and other.enterprise_code = c.enterprise_code and other.field = s.other_field
cross join lateral (
    values ('total', 'all'), ('group', c.group_code), ('industry', c.industry), ('city', c.city), ('sector', c.sector), ('enterprise', c.enterprise_code)
) as place (breakdown, category)
where place.category is not null;
