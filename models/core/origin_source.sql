-- grain: one row per original-technology source, project of it and year in which an enterprise reports it
-- key: return_id, source_row
-- by: return
create table core.origin_source (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    source_no varchar,               -- source number
    origin_project_no varchar,       -- number of the project
    origin_stage varchar,            -- RESEARCH, PILOT, BREAK breakthrough, STOP
    origin_funds_wan decimal(18, 6)  -- funds spent to date, 10,000 yuan
);
insert into core.origin_source
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.source_no, l.origin_project_no, l.origin_stage, l.origin_funds_wan
from landing.origin_sources as l
join core.dim_return as r on r.form = 'origin_sources' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
