-- grain: one row per figure on R&D projects and row that it comes from
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
create view lineage.project_count as
with reported as (
    select f.*, d.group_code, p.period_year
    from core.rd_project as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
placed as (
    select a.*, place.*
    from reported as a
    cross join lateral (values ('total', 'all'), ('project_level', a.project_level), ('project_mechanism', a.project_mechanism), ('group', a.group_code)) as place (breakdown, category)
    where place.category is not null
),
begun as (
    select project_no, min(project_level) as project_level, min(year(start_date)) as start_year
    from reported where project_level in ('NAT', 'PROV') group by project_no
),
years as (
    select distinct r.period_key, p.period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'projects' and r.is_latest and p.period_kind = 'year' and p.period_year >= 2021
),
since_2021 as (
    select y.period_key as year_key, b.project_level as level, a.return_id, a.source_row
    from years as y
    join begun as b on b.start_year between 2021 and y.period_year
    join reported as a on a.project_no = b.project_no and a.project_level in ('NAT', 'PROV')
)
select
    'projects' as metric, breakdown, category, period_key, 'value' as side, cast(null as integer) as weight,
    'core.rd_project' as fact, 'project_no' as fact_column, return_id, source_row, 'project_no' as field, cast(null as decimal(28, 6)) as amount
from placed
union all
select 'project_expense', breakdown, category, period_key, 'value', 1, 'core.rd_project', 'expense_wan', return_id, source_row, 'expense_wan', expense_wan
from placed where expense_wan is not null
union all
select 'project_fte', breakdown, category, period_key, 'numerator', 1, 'core.rd_project', 'person_months', return_id, source_row, 'person_months', person_months
from placed where person_months is not null
union all
select place.metric, place.breakdown, place.category, s.year_key, 'value', null, 'core.rd_project', 'project_no', s.return_id, s.source_row, 'project_no', null
from since_2021 as s
cross join lateral (
    values ('projects_cumulative', 'total', 'all'), ('projects_cumulative', 'project_level', s.level),
        ('projects_national_cumulative', 'total', case when s.level = 'NAT' then 'all' end)
) as place (metric, breakdown, category)
where place.category is not null;
