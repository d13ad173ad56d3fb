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
with first_owner as (
    select e.application_no, e.patent_type, e.event, e.event_date, e.return_id
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest and e.first_owner_code is not null
        and e.event in ('GRANT', 'LAPSE', 'EXPIRE', 'INVALID', 'ASSIGN', 'RESTORE')
),
ends as (
    select distinct p.period_key, p.period_year, p.period_end
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest and p.period_kind = 'year'
),
-- The last event up to a year's end decides; on one day a loss comes after a grant.
last_event as (
    select
        y.period_key, f.application_no, any_value(f.patent_type) as patent_type,
        arg_max(f.event, (f.event_date, f.event not in ('GRANT', 'RESTORE'))) as event
    from ends as y
    join first_owner as f on f.event_date <= y.period_end
    group by y.period_key, f.application_no
)
select
    'patents_in_force', case grouping(patent_type) when 1 then 'total' else 'patent_type' end, coalesce(patent_type, 'all'),
    period_key, cast(count(*) as decimal(28, 6)), null, null, null
from last_event
where event in ('GRANT', 'RESTORE')
group by grouping sets ((period_key), (period_key, patent_type));
