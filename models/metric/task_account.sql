-- grain: one row per month of the ledger, task and enterprise that carries it: its line in the list, and the last line of the ledger up to that month
-- key: period_key, task_no, enterprise_code
create table metric.task_account (
    period_key integer,              -- month
    period_year integer,             -- year of the list
    period_month integer,            -- month of the year
    task_no varchar,                 -- task number
    enterprise_code varchar,         -- enterprise that answers for it
    group_code varchar,              -- head of its group
    list_return_id bigint,           -- return with its line in the list in force in that month; null for a task of the ledger alone
    list_row bigint,                 -- row of that line in the file
    list_version varchar,            -- version of the list
    task_field varchar,              -- field of the task
    task_kind varchar,               -- kind of the task
    planned_start date,              -- planned start
    planned_end date,                -- planned completion
    ledger_return_id bigint,         -- return with the last line of the ledger up to that month; null where the task was never reported
    ledger_row bigint,               -- row of that line in the file
    is_reported boolean,             -- true where that line is of the month itself
    task_status varchar,             -- status that it states
    progress_percent decimal(18, 6), -- progress to date that it states, in percent
    actual_end date                  -- completion that it states
);
insert into metric.task_account
with months as (
    select distinct m.period_key, p.period_year, p.period_month
    from core.dim_return as r
    join core.dim_period as p on p.period_key = r.period_key and p.period_kind = 'ytd'
    join core.dim_period as m on m.period_kind = 'month' and m.period_year = p.period_year and m.period_month = p.period_month
    where r.form = 'task_ledger' and r.is_latest
),
-- A list holds from the month with which it was issued until the next of the enterprise; the first holds before it as well.
issued as (
    select
        r.return_id, r.enterprise_code, d.group_code, p.period_year,
        case when lag(r.return_id) over later is null then 0 else coalesce(p.period_month, 0) end as from_month, coalesce(lead(p.period_month) over later - 1, 12) as to_month
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    left join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
    where r.form = 'tasks' and r.is_latest
    window later as (partition by r.enterprise_code, p.period_year order by coalesce(p.period_month, 0))
),
listed as (
    select
        m.period_key, m.period_year, m.period_month, i.enterprise_code, i.group_code, t.return_id, t.source_row, t.task_no, t.list_version, t.task_field, t.task_kind,
        t.planned_start, t.planned_end, row_number() over (partition by m.period_key, t.task_no, i.enterprise_code order by t.list_version desc, t.source_row desc) as place
    from months as m
    join issued as i on i.period_year = m.period_year and m.period_month between i.from_month and i.to_month
    join core.task as t on t.return_id = i.return_id
),
known as (
    select
        m.period_key, m.period_year, m.period_month, r.enterprise_code, d.group_code, f.return_id, f.source_row, f.task_no, p.period_month = m.period_month as is_reported,
        f.task_status, f.progress_percent, f.actual_end,
        row_number() over (partition by m.period_key, f.task_no, r.enterprise_code order by p.period_month desc, f.list_version desc, f.source_row desc) as place
    from core.task_month as f
    join core.dim_return as r on r.return_id = f.return_id and r.is_latest
    join core.dim_period as p on p.period_key = f.period_key and p.period_kind = 'ytd'
    left join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
    join months as m on m.period_year = p.period_year and m.period_month >= p.period_month
)
select
    coalesce(l.period_key, k.period_key), coalesce(l.period_year, k.period_year), coalesce(l.period_month, k.period_month), coalesce(l.task_no, k.task_no),
    coalesce(l.enterprise_code, k.enterprise_code), coalesce(l.group_code, k.group_code), l.return_id, l.source_row, l.list_version, l.task_field, l.task_kind,
    l.planned_start, l.planned_end, k.return_id, k.source_row, coalesce(k.is_reported, false), k.task_status, k.progress_percent, k.actual_end
from (select * from listed where place = 1) as l
full join (select * from known where place = 1) as k on k.period_key = l.period_key and k.task_no = l.task_no and k.enterprise_code = l.enterprise_code
-- What an earlier month reported and the list names no more was struck off.
where l.return_id is not null or k.is_reported;
