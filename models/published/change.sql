-- grain: one row per amount and year: what its change against the year before is made of; the parts sum to it exactly
-- key: metric, period_year
create table published.change (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    value_before decimal(28, 6),     -- total of the year before, as its own returns say
    value decimal(28, 6),            -- total of the year
    continuing decimal(28, 6),       -- enterprises with returns of both years: this year less last year as re-reported now; mergers and splits are followed
    restatement decimal(28, 6),      -- the same enterprises: last year as re-reported now less as returned then
    definition decimal(28, 6),       -- the same difference where the two returns were made on different editions of the form
    entrants decimal(28, 6),         -- enterprises without a return of the year before
    exits decimal(28, 6)             -- enterprises without a return of the year, less what they had
);
insert into published.change
-- Both years in the perimeter of the later one: whoever was taken over by its end counts with the enterprise that took it over.
with units as (
    select
        metric, perimeter_year, carrier_code,
        sum(amount) filter (where period_year = perimeter_year) as now, sum(amount) filter (where period_year < perimeter_year) as before,
        -- Last year as re-reported now is known only where every return of this year states it.
        case when count(*) filter (where period_year = perimeter_year and prior_amount is null) = 0 then sum(prior_amount) filter (where period_year = perimeter_year) end as restated,
        min(edition) filter (where period_year = perimeter_year) is distinct from min(edition) filter (where period_year < perimeter_year)
            or max(edition) filter (where period_year = perimeter_year) is distinct from max(edition) filter (where period_year < perimeter_year) as is_redefined
    from metric.carried_amount
    where period_year >= perimeter_year - 1
    group by all
),
years as (
    select metric, perimeter_year as period_year from metric.carried_amount group by all having bool_or(period_year = perimeter_year) and bool_or(period_year = perimeter_year - 1)
)
select
    u.metric, y.period_year, coalesce(sum(before), 0), coalesce(sum(now), 0),
    coalesce(sum(now - coalesce(restated, before)) filter (where before is not null), 0),
    coalesce(sum(coalesce(restated, before) - before) filter (where now is not null and not is_redefined), 0),
    coalesce(sum(coalesce(restated, before) - before) filter (where now is not null and is_redefined), 0),
    coalesce(sum(now) filter (where before is null), 0),
    coalesce(-sum(before) filter (where now is null), 0)
from units as u
join years as y on y.metric = u.metric and y.period_year = u.perimeter_year
group by all;
