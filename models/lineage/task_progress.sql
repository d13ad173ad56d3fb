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
-- A task stands where its line in the list and the last lines of the ledger say; one of the ledger alone has no other line.
with cell as (
    select
        s.period_key, s.period_year, s.period_month, s.task_no, s.standing, cast(k.is_done as boolean) as is_done, cast(k.is_late as boolean) as is_late, x.fact, x.field, x.return_id, x.source_row,
        x.fact = 'core.task_month' as is_ledger, x.fact = 'core.task' or a.list_return_id is null as names_task
    from metric.task_standing as s
    join seed.task_standing as k on k.code = s.standing
    join metric.task_account as a using (period_key, task_no)
    cross join lateral (
        values ('core.task', 'planned_end', a.list_return_id, a.list_row), ('core.task_month', 'task_status', a.ledger_return_id, a.ledger_row)
    ) as x (fact, field, return_id, source_row)
    where x.return_id is not null
),
place as (
    select distinct s.period_key, s.task_no, p.breakdown, p.category
    from metric.task_standing as s
    join metric.task_account as a using (period_key, task_no)
    cross join lateral (values ('total', 'all'), ('task_field', s.task_field), ('group', a.group_code)) as p (breakdown, category)
    where p.category is not null
),
months as (select distinct period_key, period_year, period_month from metric.task_standing)
select
    'tasks' as metric, place.breakdown, place.category, f.period_key, 'value' as side, cast(null as integer) as weight,
    'core.task' as fact, 'task_no' as fact_column, f.return_id, f.source_row, 'task_no' as field, cast(null as decimal(28, 6)) as amount
from core.task as f
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = f.period_key
cross join lateral (values ('total', 'all'), ('task_kind', f.task_kind)) as place (breakdown, category)
where r.is_latest and p.period_kind = 'year' and place.category is not null
union all
select m.metric, p.breakdown, p.category, c.period_key, m.side, null, c.fact, m.field, c.return_id, c.source_row, m.field, null
from cell as c
join place as p using (period_key, task_no)
cross join lateral (
    values
        ('task_done_share_month', case when c.is_done and c.is_ledger then 'numerator' end, c.field),
        ('task_done_share_month', case when c.names_task then 'denominator' end, 'task_no'),
        ('task_progress_month', case when p.breakdown = 'total' and c.is_ledger then 'numerator' end, 'progress_percent'),
        ('task_progress_month', case when p.breakdown = 'total' and c.names_task then 'denominator' end, 'task_no'),
        ('tasks_late_month', case when c.is_late then 'value' end, c.field),
        ('tasks_unreported_month', case when c.standing = 'NOREPORT' then 'value' end, c.field)
) as m (metric, side, field)
where m.side is not null
union all
-- What a month added rests on what was done by then and by the month before.
select distinct 'tasks_completed_month', 'total', 'all', m.period_key, 'value', null, c.fact, c.field, c.return_id, c.source_row, c.field, null
from months as m
join cell as c on c.period_year = m.period_year and c.period_month in (m.period_month, m.period_month - 1) and c.is_done
where m.period_month = 1 or exists (from months as b where b.period_year = m.period_year and b.period_month = m.period_month - 1)
union all
select 'tasks_by_standing_month', 'task_standing', c.standing, c.period_key, 'value', null, c.fact, c.field, c.return_id, c.source_row, c.field, null
from cell as c;
