-- grain: one row per figure on the readiness of the provincial laboratories, breakdown and year
-- key: metric, breakdown, category, period_key
create table metric.lab_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.lab_count
with stated as (
    select distinct f.lab_no, f.upgrade_criterion, f.criterion_state, f.period_key, r.enterprise_code
    from core.lab_readiness as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
-- Of two reports on one criterion of one laboratory the worse counts.
judged as (
    select lab_no, upgrade_criterion, period_key, min(case criterion_state when 'MET' then 2 when 'PART' then 1 else 0 end) as state, min(enterprise_code) as enterprise_code
    from stated group by lab_no, upgrade_criterion, period_key
),
cut as (
    select
        case grouping(upgrade_criterion) when 1 then 'total' else 'upgrade_criterion' end as breakdown, coalesce(upgrade_criterion, 'all') as category, period_key,
        cast(count(*) filter (where state = 2) as decimal(28, 6)) as met, cast(count(*) as decimal(28, 6)) as n, cast(count(distinct lab_no) as decimal(28, 6)) as labs,
        cast(count(distinct enterprise_code) as integer) as contributors
    from judged group by grouping sets ((period_key), (period_key, upgrade_criterion))
)
select 'labs_reported' as metric, breakdown, category, period_key, labs as value, cast(null as decimal(28, 6)) as numerator, cast(null as decimal(28, 6)) as denominator, contributors from cut where breakdown = 'total'
union all
select 'lab_criteria_met', breakdown, category, period_key, met, null, null, contributors from cut
union all
select 'lab_criteria_met_share', breakdown, category, period_key, core.percent(met, n), met, n, contributors from cut where breakdown = 'total';
