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
select item.metric, p.period_year, e.enterprise_code, e.industry, item.amount
from metric.enterprise_period as e
join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
cross join lateral (
    values
        ('rd_expense', cast(e.rd_expense_wan as decimal(28, 6))), ('rd_intramural', e.rd_intramural_wan), ('revenue', e.revenue_wan), ('rd_fte', e.rd_personnel_fte)
) as item (metric, amount)
where item.amount is not null;
