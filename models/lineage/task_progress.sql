-- grain: one row per figure on key tasks and line of the list or the ledger that it comes from
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: value (a plain sum or count), numerator or denominator
--   weight: by how much the side moves when the cell moves by one; null where it is not linear
--   fact: table of facts that holds the cell
--   fact_column: its column in that table
--   return_id: return that the cell stands in
--   source_row: row in the file
--   field: field of the form; core.source_column tells its column
--   amount: amount of the cell in the unit of the warehouse; null where the row is counted
create view lineage.task_progress as
with ledger as (
    select f.return_id, f.source_row, f.task_no, m.period_key, p.period_year, p.period_month, f.task_status, f.progress_percent
    from core.task_month as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    join core.dim_period as m on m.period_kind = 'month' and m.period_year = p.period_year and m.period_month = p.period_month
    where r.is_latest and p.period_kind = 'ytd'
),
-- A task of several enterprises stands where the least advanced of them is.
state as (
    select task_no, period_key, bool_and(task_status = 'DONE') as is_done, arg_min(task_status, progress_percent) as task_status
    from ledger group by all
),
months as (select distinct period_key, period_year, period_month from ledger)
select
    'tasks' as metric, place.breakdown, place.category, f.period_key, 'value' as side, cast(null as integer) as weight,
    'core.task' as fact, 'task_no' as fact_column, f.return_id, f.source_row, 'task_no' as field, cast(null as decimal(28, 6)) as amount
from core.task as f
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = f.period_key
cross join lateral (values ('total', 'all'), ('task_kind', f.task_kind)) as place (breakdown, category)
where r.is_latest and p.period_kind = 'year' and place.category is not null
union all
select place.metric, 'total', 'all', l.period_key, place.side, null, 'core.task_month', place.field, l.return_id, l.source_row, place.field, null
from ledger as l
join state as s using (task_no, period_key)
cross join lateral (
    values
        ('task_done_share_month', case when s.is_done then 'numerator' end, 'task_status'), ('task_done_share_month', 'denominator', 'task_no'),
        ('task_progress_month', 'numerator', 'progress_percent'), ('task_progress_month', 'denominator', 'task_no')
) as place (metric, side, field)
where place.side is not null
union all
-- What a month added rests on that month and the one before.
select 'tasks_completed_month', 'total', 'all', m.period_key, 'value', null, 'core.task_month', 'task_status', l.return_id, l.source_row, 'task_status', null
from months as m
join ledger as l on l.period_year = m.period_year and l.period_month in (m.period_month, m.period_month - 1)
where m.period_month = 1 or exists (from months as b where b.period_year = m.period_year and b.period_month = m.period_month - 1)
union all
select 'tasks_by_status_month', 'task_status', s.task_status, l.period_key, 'value', null, 'core.task_month', 'task_status', l.return_id, l.source_row, 'task_status', null
from ledger as l
join state as s using (task_no, period_key);
