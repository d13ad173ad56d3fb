-- grain: one row per figure of the key tasks, breakdown and period: the list of the year, and by month what the cumulative ledger says
-- key: metric, breakdown, category, period_key
create table metric.task_progress (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.task_progress
with listed as (
    select distinct f.task_no, f.task_kind, f.period_key, r.enterprise_code
    from core.task as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
-- A task of several enterprises has one line of the ledger for each: the least advanced speaks for the task.
ledger as (
    select
        f.task_no, m.period_key, p.period_year, p.period_month, min(f.progress_percent) as progress_percent, bool_and(f.task_status = 'DONE') as is_done,
        arg_min(f.task_status, f.progress_percent) as task_status, count(distinct r.enterprise_code) as enterprises
    from core.task_month as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    join core.dim_period as m on m.period_kind = 'month' and m.period_year = p.period_year and m.period_month = p.period_month
    where r.is_latest and p.period_kind = 'ytd'
    group by all
),
monthly as (
    select
        period_key, period_year, period_month, cast(count(*) as decimal(28, 6)) as tasks, cast(count(*) filter (where is_done) as decimal(28, 6)) as done,
        cast(sum(progress_percent) as decimal(28, 6)) as progress, cast(sum(enterprises) as integer) as contributors
    from ledger group by all
)
select
    'tasks', case grouping(task_kind) when 1 then 'total' else 'task_kind' end, coalesce(task_kind, 'all'), period_key,
    cast(count(distinct task_no) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
from listed group by grouping sets ((period_key), (period_key, task_kind))
union all
select 'task_done_share_month', 'total', 'all', period_key, core.percent(done, tasks), done, tasks, contributors from monthly
union all
select 'task_progress_month', 'total', 'all', period_key, core.quotient(progress, tasks), progress, tasks, contributors from monthly
union all
-- What the month added: a month without the month before it has no difference.
select 'tasks_completed_month', 'total', 'all', period_key, case when period_month = 1 then done else done - lag(done) over before end, null, null, contributors
from monthly
window before as (partition by period_year order by period_month)
qualify period_month = 1 or lag(period_month) over before = period_month - 1
union all
select 'tasks_by_status_month', 'task_status', task_status, period_key, cast(count(*) as decimal(28, 6)), null, null, cast(sum(enterprises) as integer)
from ledger group by all
union all
-- A status that no task has in a month is zero there, not missing.
select 'tasks_by_status_month', 'task_status', s.task_status, m.period_key, 0, null, null, 0
from (select distinct task_status from ledger) as s
cross join monthly as m
anti join ledger as l on l.task_status = s.task_status and l.period_key = m.period_key;
