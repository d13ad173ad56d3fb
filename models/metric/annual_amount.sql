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
    select
        m.metric, p.period_year, e.enterprise_code, e.industry,
        case m.metric when 'rd_expense' then e.rd_expense_wan when 'rd_intramural' then e.rd_intramural_wan when 'revenue' then e.revenue_wan else e.rd_personnel_fte end as amount
    from metric.enterprise_period as e
    join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
    cross join (values ('rd_expense'), ('rd_intramural'), ('revenue'), ('rd_fte')) as m (metric)
)
select metric, period_year, enterprise_code, industry, amount from long where amount is not null;
