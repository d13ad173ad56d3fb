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
measure (measure, metric) as (values ('filed', 'patents_filed'), ('granted', 'patents_granted')),
tally as (
    select m.metric, t.event_year, t.breakdown, t.category, t.patents
    from core.patent_tally as t join measure as m using (measure)
    where t.event_year >= (select period_year from first_return)
),
reporting as (
    select
        metric, event_year, case grouping(patent_type, group_code) when 3 then 'total' when 1 then 'patent_type' else 'group' end as breakdown,
        coalesce(patent_type, group_code, 'all') as category, cast(count(distinct enterprise_code) as integer) as contributors
    from (
        select distinct m.metric, s.from_year as event_year, s.patent_type, d.group_code, r.enterprise_code
        from core.patent_tally_source as s
        join measure as m using (measure)
        join core.dim_return as r using (return_id)
        join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
    ) as stated
    group by grouping sets ((metric, event_year), (metric, event_year, patent_type), (metric, event_year, group_code))
),
counted as (
    select metric, event_year, breakdown, category, cast(t.patents as decimal(28, 6)) as n, r.contributors
    from tally as t join reporting as r using (metric, event_year, breakdown, category)
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
