-- grain: one row per key task and month of the ledger, with where it stands by plan, report and date
--   task_no: task number
--   task_name: name of the task
--   period_key: January to that month, as in core.dim_period
--   period: month, 2026-09
--   period_year: year of the list
--   list_version: version of the list in force in that month
--   task_kind: kind of the task
--   task_field: field of the task
--   enterprises: names of the enterprises that carry it
--   group_codes: codes of the heads of their groups, separated by ;
--   planned_start: planned start
--   planned_end: planned completion
--   is_reported: true where each of them reported it in that month
--   task_status: last status reported: WAIT, RUN, WARN, LATE, DONE, DELAY, STOP
--   progress_percent: last progress reported, in percent
--   planned_percent: progress planned for the end of the month: even from start to completion
--   behind_points: planned less reported progress
--   days_left: days from the end of the month to the planned completion; negative once it is past
--   standing: what the rules say: DONE, DONE_LATE, RUN, DUE, WAIT, RISK, LATE, OVERDUE, NOREPORT, STOP
--   standing_zh: the same in Chinese
--   standing_en: the same in English
--   is_late: true where that is behind
--   is_done: true where that is done, in time or late
--   standing_before: the same at the end of the month before; null in the first
--   rule_zh: rule by which it stands there
--   rule_en: the same in English
create view published.task_month_wide as
with named as (
    select f.task_no, p.period_year, arg_max(f.task_name, f.list_version) as task_name
    from core.task as f
    join core.dim_return as r on r.return_id = f.return_id and r.is_latest
    join core.dim_period as p on p.period_key = f.period_key
    group by all
),
carried as (
    select
        a.period_key, a.task_no, string_agg(distinct d.enterprise_name, '；' order by d.enterprise_name) as enterprises,
        string_agg(distinct a.group_code, ';' order by a.group_code) as group_codes
    from metric.task_account as a
    join core.dim_return as r on r.return_id = coalesce(a.ledger_return_id, a.list_return_id)
    join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
    group by all
)
select
    s.task_no, n.task_name, y.period_key, y.period, s.period_year, s.list_version, s.task_kind, s.task_field, c.enterprises, c.group_codes, s.planned_start, s.planned_end,
    s.is_reported, s.task_status, s.progress_percent, s.planned_percent, s.behind_points, s.days_left, s.standing, k.name_zh as standing_zh, k.name_en as standing_en,
    cast(k.is_late as boolean) as is_late, cast(k.is_done as boolean) as is_done, s.standing_before, u.rule_zh, u.rule_en
from metric.task_standing as s
join core.dim_period as y on y.period_kind = 'ytd' and y.period_year = s.period_year and y.period_month = s.period_month
join seed.task_standing as k on k.code = s.standing
join seed.task_rule as u on u.rule = s.task_rule
left join carried as c on c.period_key = s.period_key and c.task_no = s.task_no
left join named as n on n.task_no = s.task_no and n.period_year = s.period_year;
