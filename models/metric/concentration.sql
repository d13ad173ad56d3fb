-- grain: one row per concentration of R&D expense over groups: share of the four largest, Herfindahl-Hirschman index
-- key: metric, breakdown, category, period_key
create table metric.concentration (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.concentration
with shares as (
    select
        period_key, category, value, sum(value) over (partition by period_key) as whole,
        row_number() over (partition by period_key order by value desc, category) as place, contributors
    from metric.amount
    where metric = 'rd_expense' and breakdown = 'group'
)
select 'rd_cr4', 'total', 'all', period_key, core.percent(sum(value) filter (where place <= 4), max(whole)), sum(value) filter (where place <= 4), max(whole), cast(sum(contributors) as integer)
from shares group by period_key having max(whole) > 0
union all
select
    'rd_hhi', 'total', 'all', period_key,
    cast(round(cast(sum(pow(cast(value as double precision) * 100 / cast(whole as double precision), 2)) as decimal(28, 12)), 6) as decimal(28, 6)), null, null, cast(sum(contributors) as integer)
from shares group by period_key having max(whole) > 0;
