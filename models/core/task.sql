-- grain: one row per task of an annual list and enterprise that answers for it
-- key: return_id, source_row
-- by: return
create table core.task (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    list_version varchar,            -- version of the list
    task_no varchar,                 -- task number
    task_name varchar,               -- name of the task
    task_field varchar,              -- field of the task
    task_kind varchar,               -- kind of the task
    planned_start date,              -- planned start
    planned_end date                 -- planned completion
);
insert into core.task
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.list_version, l.task_no, l.task_name, l.task_field, l.task_kind, l.planned_start, l.planned_end
from landing.tasks as l
join core.dim_return as r on r.form = 'tasks' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
