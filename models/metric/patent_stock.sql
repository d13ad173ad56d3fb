-- grain: one row per count of patents in force at the end of a year, by roll-forward of events; only patents whose first owner is in the register
-- key: metric, breakdown, category, period_key
create table metric.patent_stock (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.patent_stock
with ends as (
    select distinct p.period_key, p.period_year
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
)
select
    'patents_in_force', case grouping(t.patent_type) when 1 then 'total' else 'patent_type' end, coalesce(t.patent_type, 'all'),
    y.period_key, cast(sum(t.patents) as decimal(28, 6)), null, null, null
from ends as y join core.patent_stock_tally as t on t.event_year <= y.period_year
group by grouping sets ((y.period_key), (y.period_key, t.patent_type))
having sum(t.patents) > 0;
