-- grain: one row per projected metric and year after its last figure: a projection with its bands, or why there is none
-- key: metric, period_year
create table published.forecast (
    metric varchar,                  -- what is projected, all enterprises together; see published.metric
    period_year integer,             -- year projected
    base_year integer,               -- year of the last figure
    first_year integer,              -- first of the six years that it is projected from
    horizon integer,                 -- years ahead
    value decimal(28, 6),            -- projection, in the unit of the metric; no statistic and never in published.figure; null where there is none
    low_50 decimal(28, 6),           -- half of the outcomes lie between this and high_50
    high_50 decimal(28, 6),          -- upper end of the same
    low_90 decimal(28, 6),           -- nine in ten outcomes lie between this and high_90
    high_90 decimal(28, 6),          -- upper end of the same
    reason_code varchar,             -- why there is none; null where there is one
    reason_zh varchar,               -- the same in Chinese
    reason_en varchar,               -- the same in English
    median_error_percent decimal(28, 6), -- median absolute error of the method so many years ahead on published series, in percent
    naive_error_percent decimal(28, 6), -- the same of repeating the last figure
    is_synthetic boolean             -- rests on constructed sample data
);
insert into published.forecast
with valued as (
    select
        f.metric, f.period_year, f.value, f.missing, f.may_tell_growth, f.is_synthetic, s.perimeter, cast(s.least as decimal(28, 6)) as least,
        row_number() over (partition by f.metric order by f.period_year desc) as age
    from seed.forecast_series as s
    join published.figure as f on f.metric = s.metric and f.breakdown = 'total' and f.category = 'all' and f.period_kind = 'year' and f.value is not null
),
-- What moved the level without anything having changed: in the comparable perimeter the definition alone.
moved as (
    select
        period_year, metric, abs(definition) as by_definition, abs(definition) + abs(entrants) + abs(exits) as by_any, value
    from published.change
),
breaks as (
    select distinct s.metric, m.period_year
    from seed.forecast_series as s
    cross join moved as m
    where case s.perimeter when 'comparable' then m.by_definition else m.by_any end * 100 > m.value * (select cast(value as decimal(28, 6)) from seed.threshold where threshold = 'forecast_break_percent')
        and (m.metric || '_comparable' = s.metric or s.metric in ('rd_intensity', 'rd_intensity_comparable') or s.perimeter = 'as_was' and m.metric = 'rd_expense')
),
steps as (
    select *, case when value > 0 then ln(cast(value as double)) end as log_value from valued where age <= 6
),
based as (
    select
        metric, max(period_year) as base_year, min(period_year) as first_year, bool_or(is_synthetic) as is_synthetic,
        case
            when count(*) < 6 or max(period_year) - min(period_year) <> 5 then 'short'
            when bool_or(value <= 0 or value < least) then 'small'
            -- The comparable perimeter leaves out whoever has not reported; elsewhere his absence would look like a fall.
            when bool_or(not may_tell_growth) or bool_or(perimeter = 'as_was' and missing > 0) then 'incomplete'
        end as own_reason,
        max(log_value) filter (where age = 6) as l1, max(log_value) filter (where age = 5) as l2, max(log_value) filter (where age = 4) as l3,
        max(log_value) filter (where age = 3) as l4, max(log_value) filter (where age = 2) as l5, max(log_value) filter (where age = 1) as l6
    from steps
    group by metric
),
reasoned as (
    select
        b.metric, b.base_year, b.first_year, b.is_synthetic, b.l1, b.l2, b.l3, b.l4, b.l5, b.l6,
        coalesce(max(b.own_reason), case when count(k.metric) > 0 then 'break' end) as reason
    from based as b
    left join breaks as k on k.metric = b.metric and k.period_year > b.first_year and k.period_year <= b.base_year
    group by all
),
method as (
    select
        cast(horizon as integer) as horizon, cast(weight_1 as double) as w1, cast(weight_2 as double) as w2, cast(weight_3 as double) as w3,
        cast(weight_4 as double) as w4, cast(weight_5 as double) as w5, cast(weight_6 as double) as w6, cast(half_width_50 as double) as half_50, cast(half_width_90 as double) as half_90,
        cast(median_error_percent as decimal(28, 6)) as median_error_percent, cast(naive_error_percent as decimal(28, 6)) as naive_error_percent
    from seed.forecast_horizon
),
-- In logarithms: the weighted sum of the six, and its standard error from the scatter of the five steps, at least 5 percent.
projected as (
    select
        r.metric, r.base_year, r.first_year, r.is_synthetic, r.reason, m.horizon, m.half_50, m.half_90, m.median_error_percent, m.naive_error_percent,
        case when r.reason is null then m.w1 * r.l1 + m.w2 * r.l2 + m.w3 * r.l3 + m.w4 * r.l4 + m.w5 * r.l5 + m.w6 * r.l6 end as middle,
        greatest(0.05, sqrt(greatest(0, (power(r.l2 - r.l1, 2) + power(r.l3 - r.l2, 2) + power(r.l4 - r.l3, 2) + power(r.l5 - r.l4, 2) + power(r.l6 - r.l5, 2) - power(r.l6 - r.l1, 2) / 5) / 4)))
            * sqrt(m.horizon * (1 + m.horizon / 5)) as spread
    from reasoned as r
    cross join method as m
    where r.base_year + m.horizon <= 2028
)
select
    p.metric, p.base_year + p.horizon, p.base_year, p.first_year, p.horizon,
    cast(round(exp(p.middle), 6) as decimal(28, 6)),
    cast(round(exp(p.middle - p.half_50 * p.spread), 6) as decimal(28, 6)), cast(round(exp(p.middle + p.half_50 * p.spread), 6) as decimal(28, 6)),
    cast(round(exp(p.middle - p.half_90 * p.spread), 6) as decimal(28, 6)), cast(round(exp(p.middle + p.half_90 * p.spread), 6) as decimal(28, 6)),
    p.reason, n.name_zh, n.name_en, p.median_error_percent, p.naive_error_percent, p.is_synthetic
from projected as p
left join seed.forecast_reason as n on n.code = p.reason;
