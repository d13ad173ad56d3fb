-- grain: one row per key task with where it stands by the last ledger; facts join on task_no
--   task_no: task number
--   period_year: year of the list; of several that name it the last
--   task_kind: kind of the task
--   task_kind_zh: kind in Chinese
--   task_field: field of the task
--   task_field_zh: field in Chinese
--   enterprises: names of the enterprises that carry it
--   planned_end: planned completion
--   period: month of the last ledger
--   task_status: status there; of several enterprises that of the least advanced
--   progress_percent: progress to date in percent, of the least advanced
create view published.dim_task as
with listed as (
    select
        f.task_no, max(p.period_year) as period_year, any_value(f.task_kind) as task_kind, any_value(f.task_field) as task_field,
        string_agg(distinct d.enterprise_name, '；' order by d.enterprise_name) as enterprises, max(f.planned_end) as planned_end
    from core.task as f
    join core.dim_return as r on r.return_id = f.return_id and r.is_latest
    -- The list of the running year comes with the month in which it is set up, that of a year that is over with the year.
    join core.dim_period as p on p.period_key = f.period_key
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    group by f.task_no
),
ledger as (
    select f.task_no, p.period_year, p.period, f.period_key, arg_min(f.task_status, (f.progress_percent, f.task_status)) as task_status, min(f.progress_percent) as progress_percent
    from core.task_month as f
    join core.dim_return as r on r.return_id = f.return_id and r.is_latest
    join core.dim_period as p on p.period_key = f.period_key
    group by f.task_no, p.period_year, p.period, f.period_key
    qualify row_number() over (partition by f.task_no, p.period_year order by f.period_key desc) = 1
)
select
    t.task_no, t.period_year, t.task_kind, k.name_zh as task_kind_zh, t.task_field, f.name_zh as task_field_zh, t.enterprises, t.planned_end,
    l.period, l.task_status, l.progress_percent
from listed as t
left join ledger as l using (task_no, period_year)
left join seed.task_kind as k on k.code = t.task_kind
left join seed.task_field as f on f.code = t.task_field;
