-- grain: one row per key task with where it stands by the last ledger; facts join on task_no
--   task_no: task number
--   task_name: name of the task
--   period_year: year of the list; of several that name it the last
--   task_kind: kind of the task
--   task_kind_zh: kind in Chinese
--   task_field: field of the task
--   task_field_zh: field in Chinese
--   enterprises: names of the enterprises that carry it
--   planned_start: planned start
--   planned_end: planned completion
--   period: month of the last ledger
--   task_status: status reported last; of several enterprises that of the least advanced
--   progress_percent: progress reported last in percent, of the least advanced
--   standing: where it stands by plan, report and date
--   standing_zh: the same in Chinese
create view published.dim_task as
with listed as (
    select
        f.task_no, max(p.period_year) as period_year, arg_max(f.task_name, p.period_year) as task_name, any_value(f.task_kind) as task_kind, any_value(f.task_field) as task_field,
        string_agg(distinct d.enterprise_name, '；' order by d.enterprise_name) as enterprises, min(f.planned_start) as planned_start, max(f.planned_end) as planned_end
    from core.task as f
    join core.dim_return as r on r.return_id = f.return_id and r.is_latest
    -- The list of the running year comes with the month in which it is set up, that of a year that is over with the year.
    join core.dim_period as p on p.period_key = f.period_key
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    group by f.task_no
),
ledger as (
    select s.*, p.period
    from metric.task_standing as s
    join core.dim_period as p using (period_key)
    qualify row_number() over (partition by s.task_no, s.period_year order by s.period_key desc) = 1
)
select
    t.task_no, t.task_name, t.period_year, t.task_kind, k.name_zh as task_kind_zh, t.task_field, f.name_zh as task_field_zh, t.enterprises, t.planned_start, t.planned_end,
    l.period, l.task_status, l.progress_percent, l.standing, s.name_zh as standing_zh
from listed as t
left join ledger as l using (task_no, period_year)
left join seed.task_standing as s on s.code = l.standing
left join seed.task_kind as k on k.code = t.task_kind
left join seed.task_field as f on f.code = t.task_field;
