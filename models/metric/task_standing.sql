-- grain: one row per month of the ledger and task: where it stands by plan, last report and date, whatever its reporter calls it
-- key: period_key, task_no
create table metric.task_standing (
    period_key integer,              -- month
    period_year integer,             -- year of the list
    period_month integer,            -- month of the year
    task_no varchar,                 -- task number
    list_version varchar,            -- version of the list in force in that month
    task_field varchar,              -- field of the task
    task_kind varchar,               -- kind of the task
    planned_start date,              -- planned start
    planned_end date,                -- planned completion
    enterprises integer,             -- enterprises that carry it
    is_reported boolean,             -- true where each of them reported it in that month
    task_status varchar,             -- last status reported; of several enterprises that of the least advanced; null where one never reported
    progress_percent decimal(18, 6), -- last progress reported, of the least advanced; 0 where one never reported
    planned_percent decimal(28, 6),  -- progress planned for the end of the month: even from start to completion
    behind_points decimal(28, 6),    -- planned less reported progress; null without a plan
    days_left integer,               -- days from the end of the month to the planned completion; negative once it is past
    task_rule varchar,               -- first rule of seed.task_rule that holds
    standing varchar,                -- what it says: DONE, DONE_LATE, RUN, DUE, WAIT, RISK, LATE, OVERDUE, NOREPORT, STOP
    standing_before varchar          -- standing at the end of the month before; null in the first
);
insert into metric.task_standing
with task as (
    select
        period_key, period_year, period_month, task_no, max(list_version) as list_version, min(task_field) as task_field, min(task_kind) as task_kind,
        min(planned_start) as planned_start, max(planned_end) as planned_end, count(*) as enterprises, bool_and(is_reported) as is_reported,
        case when bool_and(coalesce(task_status = 'DONE', false)) then 'DONE' when bool_and(task_status is not null) then
            arg_min(task_status, (progress_percent, task_status)) filter (where task_status <> 'DONE') end as task_status,
        min(coalesce(progress_percent, 0)) as progress_percent, max(actual_end) as actual_end, last_day(make_date(period_year, period_month, 1)) as month_end
    from metric.task_account
    group by period_key, period_year, period_month, task_no
),
measured as (
    select
        *, case when planned_start is not null and planned_end >= planned_start then
            core.percent(least(greatest(month_end - planned_start + 1, 0), planned_end - planned_start + 1), planned_end - planned_start + 1) end as planned_percent,
        cast(planned_end - month_end as integer) as days_left, cast(planned_start - month_end as integer) as days_to_start, cast(actual_end - planned_end as integer) as days_late
    from task
),
judged as (
    select t.*, r.rule, r.standing
    from measured as t
    join seed.task_rule as r on (r.is_reported is null or cast(r.is_reported as boolean) = t.is_reported)
        and (r.status is null or list_contains(string_split(r.status, ';'), t.task_status))
        and (r.progress_from is null or t.progress_percent >= cast(r.progress_from as decimal(18, 6)))
        and (r.days_late_from is null or t.days_late >= cast(r.days_late_from as integer))
        and (r.days_left_below is null or t.days_left < cast(r.days_left_below as integer))
        and (r.days_to_start_from is null or t.days_to_start >= cast(r.days_to_start_from as integer))
        and (r.days_to_start_below is null or t.days_to_start < cast(r.days_to_start_below as integer))
        and (r.behind_points_from is null or t.planned_percent - t.progress_percent >= cast(r.behind_points_from as decimal(28, 6)))
    qualify row_number() over (partition by t.period_key, t.task_no order by cast(r.rule as integer)) = 1
)
select
    period_key, period_year, period_month, task_no, list_version, task_field, task_kind, planned_start, planned_end, cast(enterprises as integer), is_reported,
    task_status, progress_percent, planned_percent, planned_percent - progress_percent, days_left, rule, standing, lag(standing) over (partition by period_year, task_no order by period_month)
from judged;
