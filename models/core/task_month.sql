-- grain: one row per task and month of its ledger: how far it has come since January
-- key: return_id, source_row
-- by: return
create table core.task_month (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    list_version varchar,            -- version of the list
    task_no varchar,                 -- task number
    task_status varchar,             -- WAIT, RUN, WARN, LATE, DONE, DELAY, STOP
    progress_percent decimal(18, 6), -- progress to date in percent
    actual_start date,               -- actual start
    actual_end date                  -- actual completion
);
insert into core.task_month
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.list_version, l.task_no, l.task_status, l.progress_percent, l.actual_start, l.actual_end
from landing.task_ledger as l
join core.dim_return as r on r.form = 'task_ledger' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
