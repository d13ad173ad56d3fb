-- grain: one row per count of provincial, ministerial and national awards, breakdown and year; an award counts once, however many units report it
-- key: metric, breakdown, category, period_key
create table metric.award_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.award_count
with awards as (
    select
        a.certificate_no, a.award_level, a.award_grade, p.period_key, p.period_year, r.enterprise_code,
        min(case when a.is_lead then 'LEAD' else 'PART' end) over (partition by a.certificate_no) as award_role
    from core.award as a
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = a.period_key
    where r.is_latest and a.award_level in ('NAT', 'PROV') and p.period_kind = 'year'
),
counted as (
    select
        case grouping(award_level, award_grade, award_role) when 7 then 'total' when 3 then 'award_level' when 5 then 'award_grade' else 'award_role' end as breakdown,
        coalesce(award_level, award_grade, award_role, 'all') as category,
        period_key, period_year,
        cast(count(distinct certificate_no) as decimal(28, 6)) as n, cast(count(distinct enterprise_code) as integer) as contributors
    from awards
    group by grouping sets ((period_key, period_year), (period_key, period_year, award_level), (period_key, period_year, award_grade), (period_key, period_year, award_role))
),
-- A year in which returns came and no award of a kind did has none of that kind: zero, not missing.
frame as (
    select distinct c.breakdown, c.category, r.period_key, p.period_year
    from (select breakdown, category from counted union select 'total', 'all') as c
    cross join core.dim_return as r
    join core.dim_period as p on p.period_key = r.period_key and p.period_kind = 'year'
    where r.form = 'awards' and r.is_latest
),
complete as (
    select f.breakdown, f.category, f.period_key, f.period_year, coalesce(c.n, 0) as n, coalesce(c.contributors, 0) as contributors
    from frame as f left join counted as c using (breakdown, category, period_key)
)
select 'awards', breakdown, category, period_key, n, null, null, contributors from complete
union all
select 'awards_cumulative', breakdown, category, period_key, sum(n) over (partition by breakdown, category order by period_year), null, null, contributors
from complete
where breakdown in ('total', 'award_level') and period_year >= 2021;
