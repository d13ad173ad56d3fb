-- grain: one row per amount that may be imputed, enterprise and year that it reported
-- key: metric, period_year, enterprise_code
create table metric.annual_amount (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    enterprise_code varchar,         -- enterprise
    industry varchar,                -- industry, GB/T 4754
    amount decimal(28, 6)            -- what it reported
);
insert into metric.annual_amount
with long as (
    select 'rd_expense' as metric, period_key, enterprise_code, industry, rd_expense_wan as amount from metric.enterprise_period
    union all
    select 'rd_intramural', period_key, enterprise_code, industry, rd_intramural_wan from metric.enterprise_period
    union all
    select 'revenue', period_key, enterprise_code, industry, revenue_wan from metric.enterprise_period
    union all
    select 'rd_fte', period_key, enterprise_code, industry, rd_personnel_fte from metric.enterprise_period
)
select l.metric, p.period_year, l.enterprise_code, l.industry, l.amount
from long as l
join core.dim_period as p on p.period_key = l.period_key and p.period_kind = 'year'
where l.amount is not null;
