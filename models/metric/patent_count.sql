-- grain: one row per count of patents filed or granted, breakdown and year of the event; a patent counts once, however many owners report it
-- key: metric, breakdown, category, period_key
create table metric.patent_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.patent_count
-- Events before the first return are there only for what is still in force: their counts would be those of survivors.
with first_return as (
    select min(p.period_year) as period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest
),
events as (
    select
        case e.event when 'FILE' then 'patents_filed' else 'patents_granted' end as metric,
        e.application_no, e.event_year, e.patent_type, d.group_code, r.enterprise_code
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = e.enterprise_key
    where r.is_latest and e.event in ('FILE', 'GRANT') and e.event_year >= (select period_year from first_return)
),
kind as (select code, cast(pow(2, row_number() over (order by code) - 1) as integer) as bit from seed.patent_type),
-- Each patent once, with the types under which it is reported as bits of a number: what is left to break down are the few combinations that occur.
patent as (
    select metric, event_year, bit_or(k.bit) as types
    from events join kind as k on k.code = patent_type
    group by metric, event_year, application_no
),
combination as (select metric, event_year, types, count(*) as n from patent group by metric, event_year, types),
broken_down as (
    select metric, event_year, 'total' as breakdown, 'all' as category, n from combination
    union all
    select metric, event_year, 'patent_type', code, n from combination join kind on types % (2 * bit) >= bit
    union all
    select metric, event_year, 'group', group_code, count(*) from (select distinct metric, event_year, group_code, application_no from events) as owned group by metric, event_year, group_code
),
reporting as (
    select
        metric, event_year, case grouping(patent_type, group_code) when 3 then 'total' when 1 then 'patent_type' else 'group' end as breakdown,
        coalesce(patent_type, group_code, 'all') as category, cast(count(distinct enterprise_code) as integer) as contributors
    from (select distinct metric, event_year, patent_type, group_code, enterprise_code from events) as stated
    group by grouping sets ((metric, event_year), (metric, event_year, patent_type), (metric, event_year, group_code))
),
counted as (
    select metric, event_year, breakdown, category, cast(sum(n) as decimal(28, 6)) as n, max(contributors) as contributors
    from broken_down join reporting using (metric, event_year, breakdown, category)
    group by metric, event_year, breakdown, category
)
select c.metric, c.breakdown, c.category, p.period_key, c.n, null, null, c.contributors
from counted as c
join core.dim_period as p on p.period_year = c.event_year and p.period_kind = 'year'
union all
-- Running count since the beginning of the 14th five-year plan (2021-01-01), the way the programme quotes it.
select
    c.metric || '_cumulative', 'total', 'all', p.period_key, sum(c.n) over (partition by c.metric order by c.event_year), null, null, c.contributors
from counted as c
join core.dim_period as p on p.period_year = c.event_year and p.period_kind = 'year'
where c.breakdown = 'total' and c.event_year >= 2021;
