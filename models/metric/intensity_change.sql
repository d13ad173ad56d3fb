-- grain: one row per change of R&D intensity against the year before, without those in the register that reported one of the two years only: in percentage points, and relative
-- key: metric, breakdown, category, period_key
create table metric.intensity_change (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- intensity of the year, without those missing in the year before
    denominator decimal(28, 6),      -- intensity of the year before, without those missing now
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.intensity_change
with sides as (
    -- The year before counts with whoever carries it now: who is missing now, or took somebody over and is missing, has no earlier side either.
    select r.perimeter_year, r.period_year, r.enterprise_code, r.amount, v.amount as revenue, r.perimeter_year as year_of_absence, r.carrier_code as answers
    from metric.carried_amount as r
    join metric.carried_amount as v on v.metric = 'revenue' and v.perimeter_year = r.perimeter_year and v.period_year = r.period_year
        and v.enterprise_code = r.enterprise_code and v.carrier_code = r.carrier_code
    where r.metric = 'rd_expense' and r.period_year = r.perimeter_year - 1
    union all
    select r.perimeter_year, r.period_year, r.enterprise_code, r.amount, v.amount, r.perimeter_year - 1, r.enterprise_code
    from metric.carried_amount as r
    join metric.carried_amount as v on v.metric = 'revenue' and v.perimeter_year = r.perimeter_year and v.period_year = r.period_year
        and v.enterprise_code = r.enterprise_code and v.carrier_code = r.carrier_code
    where r.metric = 'rd_expense' and r.period_year = r.perimeter_year
),
answered as (
    select s.perimeter_year, s.period_year, s.enterprise_code, s.amount, s.revenue, e.group_code, e.sector
    from sides as s
    join core.dim_period as p on p.period_kind = 'year' and p.period_year = s.period_year
    join metric.enterprise_period as e on e.enterprise_code = s.enterprise_code and e.period_key = p.period_key
    left join metric.unreported as u on u.period_year = s.year_of_absence and u.enterprise_code = s.answers
    where u.enterprise_code is null
),
years as (
    select
        perimeter_year, period_year, case grouping(group_code, sector) when 3 then 'total' when 1 then 'group' else 'sector' end as breakdown, coalesce(group_code, sector, 'all') as category,
        core.percent(sum(amount), sum(revenue)) as value, cast(count(distinct enterprise_code) as integer) as contributors
    from answered
    group by grouping sets ((perimeter_year, period_year), (perimeter_year, period_year, group_code), (perimeter_year, period_year, sector))
    having grouping(group_code, sector) = 3 or coalesce(group_code, sector) is not null
),
changes as (
    select n.breakdown, n.category, p.period_key, n.value, b.value as value_before, n.contributors
    from years as n
    join years as b on b.perimeter_year = n.perimeter_year and b.period_year < b.perimeter_year and b.breakdown = n.breakdown and b.category = n.category
    join core.dim_period as p on p.period_kind = 'year' and p.period_year = n.period_year
    where n.period_year = n.perimeter_year
)
select 'rd_intensity_change_pp', breakdown, category, period_key, value - value_before, value, value_before, contributors from changes
union all
select 'rd_intensity_growth', breakdown, category, period_key, core.percent(value - value_before, value_before), value, value_before, contributors from changes;
