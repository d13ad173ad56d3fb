-- grain: one row per received row of a return that has an error or an open warning
-- key: file_no, sheet_no, source_row
create table core.faulty_row (
    file_no integer,                 -- file in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint,               -- row as a person sees it in the file
    form varchar,                    -- return form
    enterprise_code varchar,         -- enterprise that the row is about; null where that could not be read
    period_year integer,             -- year that the row is about
    period_month integer,            -- last month of a cumulative row; null for a year
    is_rejected boolean,             -- the row is out because of an error
    open_warnings integer            -- warnings that neither an explanation nor a reviewer has answered
);
insert into core.faulty_row
with faulty as (
    select file_no, sheet_no, source_row, true as is_rejected, 0 as warnings from core.rejected_row
    union all
    select file_no, sheet_no, source_row, false, 1 from landing.finding where severity = 'warning' and scope = 'row' and sheet_no is not null and source_row is not null
    union all
    select file_no, sheet_no, source_row, false, 1 from landing.fault where severity = 'warning'
),
place as (
    select file_no, sheet_no, source_row, bool_or(is_rejected) as is_rejected, cast(sum(warnings) as integer) as open_warnings from faulty group by all
),
landed as (
    select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from landing.any_row where kind in ('State', 'Event')
    union all select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from landing.rejected where enterprise_code is not null
)
select p.file_no, p.sheet_no, p.source_row, l.form, l.enterprise_code, l.period_year, l.period_month, p.is_rejected, p.open_warnings
from place as p join landed as l using (file_no, sheet_no, source_row);
