-- grain: one row per amount of an enterprise and period that is reported, and of an imputed one a row for itself and for each amount that it is made of
--   fact: table of facts that holds the amount; metric.imputed_amount where it is imputed
--   fact_column: its column in that table
--   field: field of the form; core.source_column tells its column
--   return_id: return that the amount stands in; of an imputed one that of the year before
--   source_row: row in the file
--   amount: the amount in the unit of the warehouse
--   period_key: period
--   enterprise_code: enterprise
--   group_code: head of its group
--   industry: its industry
--   city: its city
--   sector: IND industrial, REST other
--   imputation_part: base (the year before) and donor (the growth of the industry) of an imputed amount; null where the amount itself counts
create view lineage.completed_cell as
with imputed as (
    select
        i.rule, i.metric, i.period_key, i.enterprise_code, i.amount, i.industry as beginning, d.group_code, d.industry, d.city,
        case when d.industry is not null then case when left(d.industry, 1) in ('B', 'C', 'D') then 'IND' else 'REST' end end as sector,
        case i.metric when 'rd_expense' then 'expense_total_wan' when 'rd_intramural' then 'intramural_total_wan' when 'revenue' then 'revenue_wan' else 'rd_personnel_fte' end as field
    from metric.imputed_amount as i
    join core.dim_enterprise as d on d.enterprise_key = i.enterprise_key
    where i.amount is not null
),
base as (
    select i.*, c.fact, c.fact_column, c.return_id, c.source_row, c.amount as last_amount
    from imputed as i
    join lineage.enterprise_cell as c on c.period_key = i.period_key - 1000 and c.enterprise_code = i.enterprise_code and c.field = i.field
)
select fact, fact_column, field, return_id, source_row, amount, period_key, enterprise_code, group_code, industry, city, sector, cast(null as varchar) as imputation_part from lineage.enterprise_cell
union all
select 'metric.imputed_amount', 'amount', field, return_id, source_row, amount, period_key, enterprise_code, group_code, industry, city, sector, null from base
union all
select fact, fact_column, field, return_id, source_row, last_amount, period_key, enterprise_code, group_code, industry, city, sector, 'base' from base
union all
select c.fact, c.fact_column, c.field, c.return_id, c.source_row, c.amount, i.period_key, i.enterprise_code, i.group_code, i.industry, i.city, i.sector, 'donor'
from imputed as i
join metric.imputation_donor as o on o.rule = i.rule and o.period_key = i.period_key and o.industry = i.beginning
join lineage.enterprise_cell as c on c.enterprise_code = o.enterprise_code and c.field = i.field and c.period_key in (o.period_key, o.period_key - 1000);
