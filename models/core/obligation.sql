-- grain: one row per form that all owe, period and enterprise that owes it: whether a return of it is in force
-- key: form, period_key, enterprise_code
create table core.obligation (
    form varchar,                    -- return form
    period_key integer,              -- period
    enterprise_code varchar,         -- enterprise that stands in the register at the end of the period
    enterprise_key integer,          -- its stretch of history on that day
    is_met boolean                   -- true where a return is in force; false where it is missing
);
insert into core.obligation
with periods as (
    select distinct f.form, p.period_key, p.period_end
    from core.dim_return as r
    join seed.form as f on f.form = r.form and f.is_owed_by_all
    join core.dim_period as p using (period_key)
    where r.is_latest
)
select p.form, p.period_key, d.enterprise_code, d.enterprise_key, r.form is not null
from periods as p
join core.dim_enterprise as d on d.valid_from <= p.period_end and d.ends_on >= p.period_end and d.enterprise_level in ('G', 'S')
left join core.dim_return as r on r.is_latest and r.form = p.form and r.period_key = p.period_key and r.enterprise_code = d.enterprise_code;
