-- grain: one row per form and year: how many of the enterprises that owe it sent it
-- key: form, period_year
create table published.response (
    form varchar,                    -- return form
    form_zh varchar,                 -- its name in Chinese
    form_en varchar,                 -- its name in English
    period_year integer,             -- year
    expected integer,                -- enterprises that owe it by the survey plan; without those excused
    received integer,                -- of which have sent the form, with or without errors
    accepted integer,                -- of which have an accepted return
    rate decimal(9, 4)               -- accepted over expected, in percent
);
insert into published.response
with expected as (
    select o.form, f.name_zh, f.name_en, p.period_year, o.enterprise_code
    from core.obligation as o
    join core.dim_period as p using (period_key)
    join seed.form as f using (form)
    where p.period_kind = 'year' and o.is_collected and not o.is_waived
),
accepted as (
    select distinct r.form, p.period_year, r.enterprise_code
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest and p.period_kind = 'year'
),
refused as (
    select distinct form, period_year, enterprise_code from landing.rejected where period_month is null and enterprise_code is not null
    union
    select l.form, l.period_year, l.enterprise_code from landing.any_row as l semi join core.rejected_row using (file_no, sheet_no, source_row) where l.kind = 'State' and l.period_month is null
)
select
    e.form, e.name_zh, e.name_en, e.period_year, cast(count(*) as integer),
    cast(count(*) filter (where a.form is not null or r.form is not null) as integer),
    cast(count(*) filter (where a.form is not null) as integer),
    cast(round(count(*) filter (where a.form is not null) * 100.0 / count(*), 4) as decimal(9, 4))
from expected as e
left join accepted as a on a.form = e.form and a.period_year = e.period_year and a.enterprise_code = e.enterprise_code
left join refused as r on r.form = e.form and r.period_year = e.period_year and r.enterprise_code = e.enterprise_code
group by all;
