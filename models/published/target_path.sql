-- grain: one row per target or plan and year: where the path to it stands
-- key: target_id, period_year
create table published.target_path (
    target_id varchar,               -- target
    metric varchar,                  -- metric that the path is drawn in
    period_year integer,             -- year
    value decimal(28, 6),            -- value on the path, in the unit of the metric
    method_zh varchar,               -- how the path is drawn, in Chinese
    method_en varchar,               -- how the path is drawn, in English
    is_synthetic boolean             -- true where it starts from a figure that rests on constructed sample data
);
insert into published.target_path
with targets as (
    -- A target of growth goes along the level whose growth it is.
    select *, case when path = 'growth' then replace(metric, '_cagr', '') else metric end as path_metric, cast(value as decimal(28, 6)) as aim, cast(base_year as integer) as base, cast(due_year as integer) as due
    from seed.plan_target where path is not null
),
based as (
    select t.*, f.value as base_value, f.is_synthetic
    from targets as t
    join published.figure as f on f.metric = t.path_metric and f.breakdown = case when t.path = 'growth' then 'total' else t.breakdown end
        and f.category = case when t.path = 'growth' then 'all' else t.category end and f.period_kind = 'year' and f.period_year = t.base
    where f.value is not null
)
select
    target_id, path_metric, cast(y.year as integer),
    case path
        when 'growth' then cast(round(cast(base_value as double) * pow(1 + cast(aim as double) / 100, y.year - base), 6) as decimal(28, 6))
        else cast(round(base_value + (aim - base_value) * (y.year - base) / (due - base), 6) as decimal(28, 6))
    end,
    case path when 'growth' then base || '年实际值为基期，年均增长' || cast(aim as decimal(9, 1)) || '%' else base || '年实际值为基期，至' || due || '年匀速达到目标' end,
    case path when 'growth' then 'from the actual figure of ' || base || ', growing by ' || cast(aim as decimal(9, 1)) || '% a year' else 'from the actual figure of ' || base || ' by equal steps to the target in ' || due end,
    is_synthetic
from based
cross join lateral (select unnest(range(base, due + 1)) as year) as y
union all
-- What is planned for one year is a point.
select target_id, path_metric, due, aim, due || '年计划数', 'planned for ' || due, false
from targets where path = 'point';
