-- grain: one row per cost item, type of R&D or source of funds and period: amount, and share of the sum
-- key: metric, breakdown, category, period_key
create table metric.structure (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.structure
with parts as (
    select 'rd_expense' as metric, 'cost_item' as breakdown, 'rd_cost_share' as share, c.cost_item as category, c.period_key, c.amount_wan, r.enterprise_code
    from core.rd_cost as c join core.dim_return as r using (return_id) where r.is_latest
    union all
    select 'rd_intramural', 'activity', 'rd_activity_share', a.activity, a.period_key, a.amount_wan, r.enterprise_code
    from core.rd_activity as a join core.dim_return as r using (return_id) where r.is_latest
    union all
    select 'rd_intramural', 'fund_source', 'rd_fund_share', f.fund_source, f.period_key, f.amount_wan, r.enterprise_code
    from core.rd_funding as f join core.dim_return as r using (return_id) where r.is_latest
),
sums as (
    select
        metric, breakdown, share, category, period_key, cast(sum(amount_wan) as decimal(28, 6)) as amount,
        cast(count(distinct enterprise_code) filter (where amount_wan <> 0) as integer) as contributors
    from parts group by metric, breakdown, share, category, period_key
),
shares as (
    select *, sum(amount) over (partition by breakdown, period_key) as whole from sums
)
select metric, breakdown, category, period_key, amount, null, null, contributors from shares
union all
select share, breakdown, category, period_key, core.percent(amount, whole), amount, whole, contributors from shares where whole > 0;
