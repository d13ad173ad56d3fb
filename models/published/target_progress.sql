-- grain: one row per published number that a figure is held against, and year of the figure: the actual beside it, and what is missing
-- key: target_id, period_year
create table published.target_progress (
    target_id varchar,               -- target
    period_year integer,             -- year of the figure
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English
    kind varchar,                    -- target, plan or reference
    figure_id varchar,               -- the figure
    metric varchar,                  -- its metric
    unit varchar,                    -- its unit
    actual decimal(28, 6),           -- its value
    target_value decimal(28, 6),     -- the number that it is held against
    path_value decimal(28, 6),       -- where the path stands in the year, in the unit of the path's metric; null where there is no path
    path_actual decimal(28, 6),      -- the figure that the path is drawn for
    difference decimal(28, 6),       -- actual less the number
    missing decimal(28, 6),          -- what is missing until a target or plan is reached, never below 0; null for references
    progress_percent decimal(28, 6), -- way from the base year's figure to the target that has been gone, in percent; null without a path of equal steps
    time_progress_percent decimal(28, 6), -- time from the base year to the due year that has passed, in percent
    required_growth_percent decimal(28, 6), -- growth a year that still leads to the target in its year; null once reached, due, or from 0
    standing varchar,                -- reached, early (before its year), ahead, on_course, behind, missed, open (not due yet and no path leads there); for references above, equal, below
    is_latest boolean,               -- the last year that has a figure: what is missing today
    is_synthetic boolean             -- rests on constructed sample data
);
insert into published.target_progress
with held as (
    select
        t.target_id, f.period_year, t.name_zh, t.name_en, t.kind, f.figure_id, f.metric, f.unit, f.value as actual, t.value as target_value, t.qualifier, p.value as path_value, p.is_synthetic as path_is_synthetic,
        coalesce(l.value, case when p.value is not null then f.value end) as path_actual, b.value as base_value, t.base_year, t.due_year, f.is_synthetic, s.path,
        f.period_year = max(f.period_year) over (partition by t.target_id) as is_latest
    from published.target as t
    join seed.plan_target as s using (target_id)
    join published.figure as f on f.metric = t.metric and f.breakdown = t.breakdown and f.category = t.category and f.period_kind = 'year' and f.value is not null
        and (t.compare_year is null or f.period_year = t.compare_year)
        -- What is planned for one year is held against that year and those before; what came after it is another plan's.
        and (t.kind = 'reference' or f.period_year >= coalesce(t.base_year, f.period_year) and f.period_year <= coalesce(t.due_year, f.period_year))
    left join published.target_path as p on p.target_id = t.target_id and p.period_year = f.period_year
    left join published.figure as l on s.path = 'growth' and l.metric = p.metric and l.breakdown = 'total' and l.period_kind = 'year' and l.period_year = f.period_year
    left join published.target_path as b on b.target_id = t.target_id and b.period_year = t.base_year and s.path = 'linear'
),
measured as (
    select
        *, case qualifier when 'gt' then actual > target_value else actual >= target_value end as is_reached,
        case when path = 'linear' then core.percent(actual - base_value, target_value - base_value) end as progress_percent,
        core.percent(period_year - base_year, due_year - base_year) as time_progress_percent
    from held
)
select
    target_id, period_year, name_zh, name_en, kind, figure_id, metric, unit, actual, target_value, path_value, path_actual, actual - target_value,
    case when kind <> 'reference' then greatest(target_value - actual, 0) end, progress_percent, case when kind <> 'reference' then time_progress_percent end,
    case when kind <> 'reference' and not is_reached and due_year > period_year and actual > 0 and path = 'linear'
        then cast(round((pow(cast(target_value as double) / cast(actual as double), 1.0 / (due_year - period_year)) - 1) * 100, 6) as decimal(28, 6)) end,
    case
        when kind = 'reference' then case when actual > target_value then 'above' when actual < target_value then 'below' else 'equal' end
        -- An average growth is reached when its years are over, and not before.
        when is_reached and due_year > period_year and path is distinct from 'growth' then 'early'
        when is_reached and coalesce(due_year <= period_year, true) then 'reached'
        when due_year <= period_year then 'missed'
        when path_value is null then 'open'
        when path_actual > path_value then 'ahead' when path_actual = path_value then 'on_course' else 'behind'
    end,
    is_latest, is_synthetic or coalesce(path_is_synthetic, false)
from measured;
