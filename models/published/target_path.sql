-- grain: one row per target and year: where the path to the target stands
-- key: target_id, period_year
create table published.target_path (
    target_id varchar,               -- target
    metric varchar,                  -- metric
    period_year integer,             -- year
    value decimal(28, 6),            -- value on the path, in the unit of the metric
    method_zh varchar,               -- how the path is drawn, in Chinese
    method_en varchar                -- how the path is drawn, in English
);
insert into published.target_path
with growth_target as (
    select target_id, metric, cast(value as decimal(28, 6)) as growth_percent, cast(base_year as integer) as base_year, cast(due_year as integer) as due_year
    from seed.plan_target where path = 'growth'
),
base as (
    select t.*, f.value as base_value
    from growth_target as t
    join published.figure as f on f.metric = t.metric and f.breakdown = 'total' and f.period_kind = 'year' and f.period_year = t.base_year
    where f.value is not null
)
select
    target_id, metric, cast(y.year as integer),
    cast(round(cast(base_value as double) * pow(1 + cast(growth_percent as double) / 100, y.year - base_year), 6) as decimal(28, 6)),
    base_year || '年实际值为基期，年均增长' || cast(growth_percent as decimal(9, 1)) || '%', 'from the actual figure of ' || base_year || ', growing by ' || cast(growth_percent as decimal(9, 1)) || ' % a year'
from base
cross join lateral (select unnest(range(base_year, due_year + 1)) as year) as y;
