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
with owed as (
    select form, first_edition from seed.form where is_owed_by_all
),
came as (
    select distinct r.form, p.period_key, p.period_year, p.period_kind, p.period_end
    from core.dim_return as r
    semi join owed using (form)
    join core.dim_period as p using (period_key)
    where r.is_latest
),
-- Of a year in which one of the forms has come, all are owed; of a month only those that have come for it: not every form is sent monthly.
-- A form that is new is owed from its first edition on: years before it stay as they were.
periods as (
    select o.form, c.period_key, c.period_end
    from owed as o
    join came as c on c.period_year >= o.first_edition and (c.period_kind = 'year' or c.form = o.form)
    group by all
)
select p.form, p.period_key, d.enterprise_code, d.enterprise_key, r.form is not null
from periods as p
join core.dim_enterprise as d on d.valid_from <= p.period_end and d.ends_on >= p.period_end and d.enterprise_level in ('G', 'S')
left join core.dim_return as r on r.is_latest and r.form = p.form and r.period_key = p.period_key and r.enterprise_code = d.enterprise_code;
