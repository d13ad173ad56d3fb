-- grain: one row per form that is owed, period, and total, group or city: who is missing, how much that weighs, and whether growth may be told
-- key: form, breakdown, category, period
create table published.coverage (
    form varchar,                    -- return form
    breakdown varchar,               -- total, group or city
    category varchar,                -- member of the breakdown; all for total
    period varchar,                  -- 2024, or 2026-09 for January to September
    period_year integer,             -- calendar year
    period_kind varchar,             -- year, or ytd (cumulative from January)
    expected integer,                -- enterprises that owe it by the survey plan; without those excused
    accepted integer,                -- of which have a return in force
    missing integer,                 -- of which have none
    waived integer,                  -- enterprises that are excused from it and have sent none
    response_percent decimal(28, 6), -- accepted over expected, in percent
    missing_revenue_wan decimal(28, 6), -- last annual revenue known of the missing and the excused ones, in 10,000 yuan
    coverage_percent decimal(28, 6), -- share of the accepted ones in the last annual revenue known of all, in percent
    is_enough boolean                -- response and coverage both reach the threshold below which no growth is told
);
insert into published.coverage
with revenue as (
    select e.enterprise_code, p.period_year, e.revenue_wan
    from metric.enterprise_period as e
    join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
    where e.revenue_wan is not null
),
-- The last year before that of the period; where there is none, the year itself.
weighed as (
    select
        o.form, o.period_key, o.is_met, o.is_waived, d.group_code, d.city,
        coalesce(max_by(r.revenue_wan, r.period_year) filter (where r.period_year < p.period_year), max_by(r.revenue_wan, r.period_year), 0) as revenue_wan
    from core.obligation as o
    join core.dim_period as p using (period_key)
    join core.dim_enterprise as d on d.enterprise_key = o.enterprise_key
    left join revenue as r on r.enterprise_code = o.enterprise_code and r.period_year <= p.period_year
    where o.is_collected
    group by o.form, o.period_key, o.enterprise_code, o.is_met, o.is_waived, d.group_code, d.city
),
counted as (
    select
        form, period_key, case grouping(group_code, city) when 3 then 'total' when 1 then 'group' else 'city' end as breakdown, coalesce(group_code, city, 'all') as category,
        cast(count(*) filter (where not is_waived) as integer) as expected, cast(count(*) filter (where is_met) as integer) as accepted, cast(count(*) filter (where is_waived) as integer) as waived,
        cast(sum(revenue_wan) as decimal(28, 6)) as revenue_wan, cast(coalesce(sum(revenue_wan) filter (where not is_met), 0) as decimal(28, 6)) as missing_revenue_wan
    from weighed
    group by grouping sets ((form, period_key), (form, period_key, group_code), (form, period_key, city))
    having coalesce(group_code, city) is not null or grouping(group_code, city) = 3
)
select
    c.form, c.breakdown, c.category, p.period, p.period_year, p.period_kind, c.expected, c.accepted, c.expected - c.accepted, c.waived,
    core.percent(c.accepted, c.expected) as response_percent, c.missing_revenue_wan, core.percent(c.revenue_wan - c.missing_revenue_wan, c.revenue_wan),
    least(core.percent(c.accepted, c.expected), core.percent(c.revenue_wan - c.missing_revenue_wan, c.revenue_wan)) >= (select cast(value as double) from seed.threshold where threshold = 'growth_response_percent')
from counted as c
join core.dim_period as p using (period_key);
