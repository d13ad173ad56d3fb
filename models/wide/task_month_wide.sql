-- grain: one row per key task and month of the ledger; of several enterprises the least advanced speaks
--   task_no: task number
--   period_key: January to that month, as in core.dim_period
--   period: month, 2026-09
--   period_year: year of the list
--   task_kind: kind of the task
--   task_field: field of the task
--   planned_end: planned completion
--   task_status: WAIT, RUN, WARN, LATE, DONE, DELAY, STOP
--   progress_percent: progress to date in percent
create view published.task_month_wide as
with ledger as (
    select task_no, period_key, period, period_year, arg_min(task_status, (progress_percent, task_status)) as task_status, min(progress_percent) as progress_percent
    from fact.task_month where period_kind = 'ytd'
    group by task_no, period_key, period, period_year
)
select l.task_no, l.period_key, l.period, l.period_year, t.task_kind, t.task_field, t.planned_end, l.task_status, l.progress_percent
from ledger as l
left join published.dim_task as t using (task_no);
