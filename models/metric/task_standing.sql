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
-- Of the enterprises that carry a task the least advanced comes first, and after all others whoever is done.
with account as (
    select
        *, row_number() over (partition by period_key, task_no order by case when task_status = 'DONE' then 1 else 0 end, progress_percent, task_status) as place
    from metric.task_account
),
task as (
    select
        a.period_key, a.period_year, a.period_month, a.task_no, max(a.list_version) as list_version, min(a.task_field) as task_field, min(a.task_kind) as task_kind,
        min(a.planned_start) as planned_start, max(a.planned_end) as planned_end, count(*) as enterprises, count(*) filter (where not a.is_reported) = 0 as is_reported,
        case when count(*) = count(a.task_status) then max(a.task_status) filter (where a.place = 1) end as task_status,
        min(coalesce(a.progress_percent, 0)) as progress_percent, max(a.actual_end) as actual_end, max(p.period_end) as month_end
    from account as a
    join core.dim_period as p on p.period_key = a.period_key
    group by a.period_key, a.period_year, a.period_month, a.task_no
),
measured as (
    select
        *, case when planned_start is not null and planned_end >= planned_start then
            core.percent(least(greatest(core.days(month_end, planned_start) + 1, 0), core.days(planned_end, planned_start) + 1), core.days(planned_end, planned_start) + 1) end as planned_percent,
        core.days(planned_end, month_end) as days_left, core.days(planned_start, month_end) as days_to_start, core.days(actual_end, planned_end) as days_late
    from task
),
judged as (
    select t.period_key, t.task_no, min(cast(r.rule as integer)) as rule
    from measured as t
    join seed.task_rule as r on (r.is_reported is null or cast(r.is_reported as boolean) = t.is_reported)
        and (r.status is null or position(';' || t.task_status || ';' in ';' || r.status || ';') > 0)
        and (r.progress_from is null or t.progress_percent >= cast(r.progress_from as decimal(18, 6)))
        and (r.days_late_from is null or t.days_late >= cast(r.days_late_from as integer))
        and (r.days_left_below is null or t.days_left < cast(r.days_left_below as integer))
        and (r.days_to_start_from is null or t.days_to_start >= cast(r.days_to_start_from as integer))
        and (r.days_to_start_below is null or t.days_to_start < cast(r.days_to_start_below as integer))
        and (r.behind_points_from is null or t.planned_percent - t.progress_percent >= cast(r.behind_points_from as decimal(28, 6)))
    group by t.period_key, t.task_no
)
select
    t.period_key, t.period_year, t.period_month, t.task_no, t.list_version, t.task_field, t.task_kind, t.planned_start, t.planned_end, cast(t.enterprises as integer), t.is_reported,
    t.task_status, t.progress_percent, t.planned_percent, t.planned_percent - t.progress_percent, t.days_left, r.rule, r.standing,
    lag(r.standing) over (partition by t.period_year, t.task_no order by t.period_month)
from measured as t
join judged as j on j.period_key = t.period_key and j.task_no = t.task_no
join seed.task_rule as r on cast(r.rule as integer) = j.rule;
