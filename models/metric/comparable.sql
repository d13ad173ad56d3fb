-- grain: one row per main amount, R&D intensity, breakdown (total, group) and year, cast back to the perimeter of the last year and those of it that reported every year in which they stood in the register
-- key: metric, breakdown, category, period_key
create table metric.comparable (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.comparable
with years as (
    select distinct p.period_year, p.period_key, p.period_end, max(p.period_year) over () as last_year, max(p.period_end) over () as last_day
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest and r.form in ('rd_spend', 'finance') and p.period_kind = 'year'
),
-- Who stands in the register at the end of the last year, in the group of that day. Who left before counts in no year.
perimeter as (
    select distinct d.enterprise_code, d.group_code
    from core.dim_enterprise as d
    join years as y on d.valid_from <= y.last_day and d.ends_on >= y.last_day
),
absent as (
    select distinct x.metric, coalesce(j.enterprise_code, x.unit_code) as carrier_code
    from metric.absent_unit as x
    left join metric.joined_unit as j using (base_year, perimeter_year, unit_code)
    where x.perimeter_year = (select max(last_year) from years)
),
carried as (
    select a.metric, y.period_key, a.enterprise_code, a.carrier_code, p.group_code, a.amount
    from metric.carried_amount as a
    join years as y on y.period_year = a.period_year and y.last_year = a.perimeter_year
    join perimeter as p on p.enterprise_code = a.carrier_code
    left join absent as x on x.metric = a.metric and x.carrier_code = a.carrier_code
    -- Who stood in the register in a year and did not report it counts in no year: his absence would look like a fall, his return like growth.
    where x.carrier_code is null
),
sides as (
    select metric || '_comparable' as metric, period_key, carrier_code, group_code, amount, cast(null as decimal(28, 6)) as whole from carried
    union all
    -- Only enterprises that report both sides count.
    select 'rd_intensity_comparable', r.period_key, r.carrier_code, r.group_code, r.amount, v.amount
    from carried as r
    join carried as v on v.metric = 'revenue' and v.period_key = r.period_key and v.enterprise_code = r.enterprise_code and v.carrier_code = r.carrier_code
    where r.metric = 'rd_expense'
),
sums as (
    select
        metric, case grouping(group_code) when 1 then 'total' else 'group' end as breakdown, coalesce(group_code, 'all') as category, period_key,
        sum(amount) as part, sum(whole) as whole, cast(count(distinct carrier_code) as integer) as contributors
    from sides
    group by grouping sets ((metric, period_key), (metric, period_key, group_code))
    having grouping(group_code) = 1 or group_code is not null
)
select metric, breakdown, category, period_key, part, null, null, contributors from sums where metric <> 'rd_intensity_comparable'
union all
select metric, breakdown, category, period_key, core.percent(part, whole), part, whole, contributors from sums where metric = 'rd_intensity_comparable';
