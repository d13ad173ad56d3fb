-- grain: one row per figure of the key tasks, breakdown and period: the list of the year, and by month where its tasks stand
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
carried as (
    select s.period_key, s.period_year, s.period_month, s.task_no, s.task_field, s.standing, s.progress_percent, a.group_code, a.enterprise_code
    from metric.task_standing as s
    join metric.task_account as a on a.period_key = s.period_key and a.task_no = s.task_no
),
-- A task counts once in the total and in its field, and in the group of each enterprise that carries it.
placed as (
    select period_key, period_year, period_month, 'total' as breakdown, 'all' as category, task_no, standing, progress_percent, enterprise_code from carried
    union all
    select period_key, period_year, period_month, 'task_field', task_field, task_no, standing, progress_percent, enterprise_code from carried where task_field is not null
    union all
    select period_key, period_year, period_month, 'group', group_code, task_no, standing, progress_percent, enterprise_code from carried where group_code is not null
),
task as (
    select period_key, period_year, period_month, breakdown, category, task_no, min(standing) as standing, min(progress_percent) as progress_percent
    from placed
    group by period_key, period_year, period_month, breakdown, category, task_no
),
carriers as (
    select period_key, breakdown, category, cast(count(distinct enterprise_code) as integer) as contributors from placed group by period_key, breakdown, category
),
monthly as (
    select
        t.period_key, t.period_year, t.period_month, t.breakdown, t.category, cast(count(*) as decimal(28, 6)) as tasks,
        cast(count(*) filter (where cast(s.is_done as boolean)) as decimal(28, 6)) as done, cast(count(*) filter (where cast(s.is_late as boolean)) as decimal(28, 6)) as late,
        cast(count(*) filter (where t.standing = 'NOREPORT') as decimal(28, 6)) as unreported, cast(sum(t.progress_percent) as decimal(28, 6)) as progress
    from task as t
    join seed.task_standing as s on s.code = t.standing
    group by t.period_key, t.period_year, t.period_month, t.breakdown, t.category
),
counted as (
    select
        m.period_key, m.period_year, m.period_month, m.breakdown, m.category, m.tasks, m.done, m.late, m.unreported, m.progress, c.contributors
    from monthly as m join carriers as c on c.period_key = m.period_key and c.breakdown = m.breakdown and c.category = m.category
),
completed as (
    select
        breakdown, category, period_key, period_month, done, contributors,
        lag(done) over before as done_before, lag(period_month) over before as month_before
    from counted
    where breakdown = 'total'
    window before as (partition by period_year order by period_month)
)
select
    'tasks', case grouping(task_kind) when 1 then 'total' else 'task_kind' end, coalesce(task_kind, 'all'), period_key,
    cast(count(distinct task_no) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
from listed group by grouping sets ((period_key), (period_key, task_kind))
union all
select 'task_done_share_month', breakdown, category, period_key, core.percent(done, tasks), done, tasks, contributors from counted
union all
select 'task_progress_month', breakdown, category, period_key, core.quotient(progress, tasks), progress, tasks, contributors from counted where breakdown = 'total'
union all
select 'tasks_late_month', breakdown, category, period_key, late, null, null, contributors from counted
union all
select 'tasks_unreported_month', breakdown, category, period_key, unreported, null, null, contributors from counted
union all
-- What the month added: a month without the month before it has no difference.
select 'tasks_completed_month', breakdown, category, period_key, case when period_month = 1 then done else done - done_before end, null, null, contributors
from completed
where period_month = 1 or month_before = period_month - 1
union all
-- A standing that no task has in a month is zero there, not missing.
select 'tasks_by_standing_month', 'task_standing', s.code, m.period_key, cast(count(distinct t.task_no) as decimal(28, 6)), null, null, cast(count(distinct a.enterprise_code) as integer)
from seed.task_standing as s
cross join (select distinct period_key from metric.task_standing) as m
left join metric.task_standing as t on t.standing = s.code and t.period_key = m.period_key
left join metric.task_account as a on a.task_no = t.task_no and a.period_key = t.period_key
group by s.code, m.period_key;
