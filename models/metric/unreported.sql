-- grain: one row per amount, year and enterprise that owes a return of it, excused or not, and has none in force: missing, not gone
-- key: metric, period_year, enterprise_code
create table metric.unreported (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    enterprise_code varchar,         -- enterprise that owes the return
    group_code varchar               -- head of its group at the end of the year
);
insert into metric.unreported
with stated as (
    select m.metric, r.form, r.period_key
    from core.dim_return as r
    join (values ('rd_expense', 'rd_spend'), ('revenue', 'finance')) as m (metric, form) on m.form = r.form
    where r.is_latest
    group by m.metric, r.form, r.period_key
)
select s.metric, p.period_year, o.enterprise_code, d.group_code
from stated as s
join core.dim_period as p on p.period_key = s.period_key and p.period_kind = 'year'
join core.obligation as o on o.form = s.form and o.period_key = s.period_key and not o.is_met
join core.dim_enterprise as d on d.enterprise_key = o.enterprise_key;
