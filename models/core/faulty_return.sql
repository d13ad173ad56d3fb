-- grain: one row per received sheet, enterprise and period of a return with errors or open warnings, in force or not
-- key: file_no, sheet_no, form, enterprise_code, period_key
create table core.faulty_return (
    file_no integer,                 -- file in the order of landing
    sheet_no integer,                -- sheet in the file
    form varchar,                    -- return form
    enterprise_code varchar,         -- enterprise that the rows are about
    period_key integer,              -- period that they are about
    rejected_rows integer,           -- rows that are out because of an error
    open_warnings integer            -- warnings on the other rows that neither an explanation nor a reviewer has answered
);
insert into core.faulty_return
with warned as (
    select file_no, sheet_no, source_row from landing.finding where severity = 'warning' and scope = 'row' and sheet_no is not null and source_row is not null
    union all
    select file_no, sheet_no, source_row from landing.fault where severity = 'warning'
),
faulty as (
    select file_no, sheet_no, source_row, true as is_rejected from core.rejected_row
    union all
    select file_no, sheet_no, source_row, false from warned anti join core.rejected_row using (file_no, sheet_no, source_row)
),
landed as (
    select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from landing.any_row where kind in ('State', 'Event')
    union all select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from landing.rejected
)
select
    f.file_no, f.sheet_no, l.form, l.enterprise_code, p.period_key,
    cast(count(*) filter (where f.is_rejected) as integer), cast(count(*) filter (where not f.is_rejected) as integer)
from faulty as f
join landed as l using (file_no, sheet_no, source_row)
join core.dim_period as p on p.period_year = l.period_year and p.period_month is not distinct from l.period_month and p.period_kind in ('year', 'ytd')
where l.enterprise_code is not null
group by f.file_no, f.sheet_no, l.form, l.enterprise_code, p.period_key;
