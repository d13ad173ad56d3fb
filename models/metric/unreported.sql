-- grain: one row per amount, year and enterprise that stands in the register at the end of the year without a return in force that would state it: missing, not gone
-- key: metric, period_year, enterprise_code
create table metric.unreported (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    enterprise_code varchar,         -- enterprise that owes the return
    group_code varchar               -- head of its group at the end of the year
);
insert into metric.unreported
with returns as (
    select m.metric, p.period_year, p.period_end, r.enterprise_code
    from core.dim_return as r
    join core.dim_period as p on p.period_key = r.period_key and p.period_kind = 'year'
    join (values ('rd_expense', 'rd_spend'), ('revenue', 'finance')) as m (metric, form) on m.form = r.form
    where r.is_latest
),
years as (select distinct metric, period_year, period_end from returns)
select y.metric, y.period_year, d.enterprise_code, d.group_code
from years as y
join core.dim_enterprise as d on d.valid_from <= y.period_end and d.ends_on >= y.period_end and d.enterprise_level in ('G', 'S')
anti join returns as r on r.metric = y.metric and r.period_year = y.period_year and r.enterprise_code = d.enterprise_code;
