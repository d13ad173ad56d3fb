-- grain: one row per figure of R&D projects, breakdown and year; a joint project counts once, its expense and labour are summed over those who report them
-- key: metric, breakdown, category, period_key
create table metric.project_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.project_count
with reported as (
    select f.project_no, f.project_level, f.project_mechanism, f.start_date, f.expense_wan, f.person_months, f.period_key, r.enterprise_code, d.group_code, p.period_year
    from core.rd_project as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
cut as (
    select
        case grouping(project_level, project_mechanism, group_code) when 7 then 'total' when 3 then 'project_level' when 5 then 'project_mechanism' else 'group' end as breakdown,
        coalesce(project_level, project_mechanism, group_code, 'all') as category, period_key, period_year,
        cast(count(distinct project_no) as decimal(28, 6)) as projects, cast(sum(expense_wan) as decimal(28, 6)) as expense_wan,
        cast(sum(person_months) as decimal(28, 6)) as person_months, cast(count(distinct enterprise_code) as integer) as contributors
    from reported
    group by grouping sets ((period_key, period_year), (period_key, period_year, project_level), (period_key, period_year, project_mechanism), (period_key, period_year, group_code))
    having grouping(group_code) = 1 or group_code is not null
),
-- Projects of provincial level and above since the beginning of 2021, each once, by the year in which they began.
begun as (
    select project_no, min(project_level) as project_level, min(extract(year from start_date)) as start_year, min(enterprise_code) as enterprise_code
    from reported where project_level in ('NAT', 'PROV') group by project_no
),
years as (
    select distinct r.period_key, p.period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'projects' and r.is_latest and p.period_kind = 'year' and p.period_year >= 2021
),
since_2021 as (
    select
        case grouping(b.project_level) when 1 then 'total' else 'project_level' end as breakdown, coalesce(b.project_level, 'all') as category, y.period_key,
        cast(count(*) as decimal(28, 6)) as n, cast(count(distinct b.enterprise_code) as integer) as contributors
    from years as y join begun as b on b.start_year between 2021 and y.period_year
    group by grouping sets ((y.period_key), (y.period_key, b.project_level))
)
select 'projects', breakdown, category, period_key, projects, cast(null as decimal(28, 6)), cast(null as decimal(28, 6)), contributors from cut
union all
select 'project_expense', breakdown, category, period_key, expense_wan, null, null, contributors from cut where expense_wan is not null
union all
select 'project_fte', breakdown, category, period_key, core.quotient(person_months, 12), person_months, cast(12 as decimal(28, 6)), contributors from cut where person_months is not null
union all
select 'projects_cumulative', breakdown, category, period_key, n, null, null, contributors from since_2021
union all
select 'projects_national_cumulative', 'total', 'all', period_key, n, null, null, contributors from since_2021 where breakdown = 'project_level' and category = 'NAT';
