-- grain: one row per figure: metric, breakdown, category and period; years without data are there, with no value
-- key: figure_id
create table published.figure (
    figure_id varchar,               -- metric:breakdown:category:period
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period varchar,                  -- 2024, or 2026-09
    period_year integer,             -- calendar year
    period_kind varchar,             -- year, ytd (cumulative to that month) or month
    value decimal(28, 6),            -- the figure in the unit; null where missing
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer,            -- enterprises that the figure comes from
    status varchar,                  -- actual, provisional (a form behind it is not yet in from all), missing or suppressed
    unit varchar,                    -- unit of the value
    additive boolean,                -- true where the values of a breakdown may be summed
    period_key integer,              -- period, as in core.dim_period
    basis varchar,                   -- basis on which it is measured
    as_of date,                      -- day on which the latest return behind the period was filled in
    vintage varchar,                 -- as-of day of the release that the figure stands in
    is_synthetic boolean,            -- rests on constructed sample data
    response_percent decimal(28, 6), -- enterprises that have reported the forms behind it, in percent of those that owe them; of the whole where the breakdown is no group or city; null where no form is owed by all
    coverage_percent decimal(28, 6), -- the same by last annual revenue
    missing integer,                 -- enterprises that owe a form behind it and have not reported
    may_tell_growth boolean,         -- false where response or coverage is below the threshold: then no growth is told
    unshared_splits integer,         -- of average growth and the comparable perimeter: splits without a share between the years compared, both sides of which count as one; null for other figures
    stage varchar,                   -- flash, preliminary, final or revised: the least advanced of the forms that all owe for the period; null without a value
    flags varchar,                   -- every flag of the cells that it is made of and of its own period's response, separated by ;; see published.flag; empty where it has none, null without a value
    imputed_percent decimal(28, 6)   -- imputed amounts in percent of all that it is made of, of a ratio on the side that has more of them; 0 where none is, null without a value
);
insert into published.figure
with measured as (
    select * from metric.amount
    union all select * from metric.ratio
    union all select * from metric.intensity_change
    union all select * from metric.growth_from_base
    union all select * from metric.comparable
    union all select * from metric.structure
    union all select * from metric.matched_growth
    union all select * from metric.concentration
    union all select * from metric.month
    union all select * from metric.patent_count
    union all select * from metric.patent_stock
    union all select * from metric.patent_ratio
    union all select * from metric.award_count
    union all select * from metric.project_count
    union all select * from metric.platform_stock
    union all select * from metric.title_count
    union all select * from metric.lab_count
    union all select * from metric.talent_count
    union all select * from metric.achievement_amount
    union all select * from metric.task_progress
    union all select * from metric.programme_count
),
observed as (
    select
        case when p.period_kind = 'ytd' then m.metric || '_ytd' else m.metric end as metric,
        m.metric as base_metric, m.breakdown, m.category, p.period_key, p.period, p.period_year, p.period_kind,
        m.value, m.numerator, m.denominator, m.contributors
    from measured as m
    join core.dim_period as p using (period_key)
),
bounds as (
    select least(2020, min(period_year)) as first_year, greatest(2028, max(period_year)) as last_year from observed where period_kind = 'year'
),
series as (
    select distinct metric, base_metric, breakdown, category from observed where period_kind = 'year'
),
-- A series is complete: a year without data stands there without a value, so that nobody draws a line across it.
complete as (
    select * from observed
    union all
    select s.metric, s.base_metric, s.breakdown, s.category, cast(y.year * 1000 as integer), cast(y.year as varchar), cast(y.year as integer), 'year', null, null, null, 0
    from series as s
    cross join (select unnest(range(first_year, last_year + 1)) as year from bounds) as y
    anti join observed as o on o.metric = s.metric and o.breakdown = s.breakdown and o.category = s.category and o.period_year = y.year and o.period_kind = 'year'
),
-- Of the forms that all owe those behind the metric; where none of them is, all of the year.
incomplete_year as (
    select distinct m.metric, r.period_year
    from seed.metric as m
    join published.response as r on r.accepted < r.expected and (m.form is null or list_contains(string_split(m.form, ';'), r.form))
),
staged as (
    select
        period, period_kind,
        case
            when bool_or(stage = 'flash') then 'flash' when bool_or(stage = 'preliminary') then 'preliminary'
            when bool_or(stage = 'revised') then 'revised' else 'final'
        end as stage
    from published.stage group by all
),
-- Of the forms behind a metric the one that the fewest have reported speaks.
covered as (
    select
        m.metric, c.breakdown, c.category, c.period, c.period_kind, min(c.response_percent) as response_percent, min(c.coverage_percent) as coverage_percent,
        max(c.missing) as missing, bool_and(c.is_enough) as is_enough
    from (select metric, unnest(string_split(form, ';')) as form from seed.metric where form is not null) as m
    join published.coverage as c using (form)
    group by all
),
split as (
    select cast(year(valid_from) as integer) as split_year, count(*) as n from core.unshared_split group by all
),
-- The years that a figure compares: from its base year, or from its own to that of the perimeter.
compared as (
    select metric, category, period_key, try_cast(category as integer) as from_year, period_year as to_year from complete where breakdown = 'base_year' and value is not null
    union
    select metric, category, period_key, period_year, max(period_year) over () from complete where ends_with(base_metric, '_comparable') and value is not null
),
counted as (
    select c.metric, c.category, c.period_key, cast(coalesce(sum(s.n), 0) as integer) as unshared_splits
    from compared as c left join split as s on s.split_year > c.from_year and s.split_year <= c.to_year
    group by all
),
filled as (
    select p.period, p.period_kind, max(r.filled_on) as as_of, bool_or(r.is_synthetic) as is_synthetic
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest group by all
)
select
    c.metric || ':' || c.breakdown || ':' || c.category || ':' || c.period,
    c.metric, c.breakdown, c.category, c.period, c.period_year, c.period_kind,
    c.value, c.numerator, c.denominator, c.contributors,
    case when c.value is null then 'missing' when own.is_provisional or x.is_provisional then 'provisional' else 'actual' end,
    m.unit, cast(m.additive as boolean), c.period_key, m.basis_zh, f.as_of, cast(r.as_of as varchar), r.is_synthetic,
    v.response_percent, v.coverage_percent, v.missing, v.is_enough,
    g.unshared_splits,
    case when c.value is not null then s.stage end,
    case when c.value is not null then core.flags(x.is_imputed, x.is_estimated, own.is_provisional or x.is_provisional, v.missing > 0 or x.is_incomplete, x.is_revised) end,
    case when c.value is not null then coalesce(x.imputed_percent, 0) end
from complete as c
join seed.metric as m on m.metric = c.base_metric
cross join published.release as r
left join incomplete_year as i on i.metric = c.base_metric and i.period_year = c.period_year
left join counted as g on g.metric = c.metric and g.category = c.category and g.period_key = c.period_key
left join staged as s on s.period = c.period and s.period_kind = case c.period_kind when 'month' then 'ytd' else c.period_kind end
left join covered as v on v.metric = c.base_metric and v.period = c.period and v.period_kind = case c.period_kind when 'month' then 'ytd' else c.period_kind end
    and v.breakdown = case when c.breakdown in ('group', 'city') then c.breakdown else 'total' end and v.category = case when c.breakdown in ('group', 'city') then c.category else 'all' end
left join published.figure_flag as x on x.metric = c.base_metric and x.breakdown = c.breakdown and x.category = c.category and x.period_key = c.period_key
cross join lateral (select c.period_kind <> 'year' or i.period_year is not null as is_provisional) as own
left join filled as f on f.period = c.period and f.period_kind = case c.period_kind when 'month' then 'ytd' else c.period_kind end;
