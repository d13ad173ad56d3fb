-- grain: one row per amount of an enterprise and period that stands in a return in force
--   fact: table of facts that holds the amount
--   fact_column: its column in that table
--   field: field of the form; core.source_column tells its column
--   fact_column: its column in that table
--   return_id: return that the amount stands in
--   source_row: row in the file
--   amount: the amount in the unit of the warehouse
--   period_key: period
--   enterprise_code: enterprise
--   group_code: head of its group
--   industry: its industry
--   city: its city
--   sector: IND industrial, REST other
create view lineage.enterprise_cell as
with amounts as (
    select 'core.rd_expense' as fact, 'amount_wan' as fact_column, 'expense_total_wan' as field, return_id, source_row, amount_wan as amount from core.rd_expense
    union all select 'core.rd_expense', 'prior_amount_wan', 'expense_total_prior_wan', return_id, source_row, prior_amount_wan from core.rd_expense
    union all select 'core.rd_intramural', 'amount_wan', 'intramural_total_wan', return_id, source_row, amount_wan from core.rd_intramural
    union all select 'core.rd_intramural', 'prior_amount_wan', 'intramural_total_prior_wan', return_id, source_row, prior_amount_wan from core.rd_intramural
    union all select 'core.rd_personnel', 'personnel_fte', 'rd_personnel_fte', return_id, source_row, personnel_fte from core.rd_personnel
    union all select 'core.finance', 'revenue_wan', 'revenue_wan', return_id, source_row, revenue_wan from core.finance
    union all select 'core.finance', 'revenue_prior_wan', 'revenue_prior_wan', return_id, source_row, revenue_prior_wan from core.finance
)
select a.fact, a.fact_column, a.field, a.return_id, a.source_row, cast(a.amount as decimal(28, 6)) as amount, r.period_key, r.enterprise_code, d.group_code, d.industry, d.city,
    case when d.industry is not null then case when left(d.industry, 1) in ('B', 'C', 'D') then 'IND' else 'REST' end end as sector
from amounts as a
join core.dim_return as r using (return_id)
join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
where r.is_latest and a.amount is not null;
