-- grain: one row per amount and year that a later return has changed: as first returned, and as it stands
-- key: metric, breakdown, category, period
create table published.revision (
    metric varchar,                  -- what is measured
    breakdown varchar,               -- total, group or enterprise
    category varchar,                -- member of the breakdown
    period varchar,                  -- period
    first_value decimal(28, 6),      -- sum of the first returns
    latest_value decimal(28, 6),     -- sum of the returns in force
    change decimal(28, 6)            -- latest less first
);
insert into published.revision
with amounts as (
    select 'rd_expense' as metric, return_id, amount_wan from core.rd_expense
    union all select 'rd_intramural', return_id, amount_wan from core.rd_intramural
    union all select 'revenue', return_id, revenue_wan from core.finance
),
vintages as (
    select a.metric, a.amount_wan, r.version_no, r.is_latest, r.enterprise_code, d.group_code, p.period
    from amounts as a
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = r.period_key
    join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
),
sums as (
    select
        metric, period,
        case grouping(group_code, enterprise_code) when 3 then 'total' when 1 then 'group' else 'enterprise' end as breakdown,
        coalesce(group_code, enterprise_code, 'all') as category,
        cast(sum(amount_wan) filter (where version_no = 1) as decimal(28, 6)) as first_value,
        cast(sum(amount_wan) filter (where is_latest) as decimal(28, 6)) as latest_value
    from vintages
    group by grouping sets ((metric, period), (metric, period, group_code), (metric, period, enterprise_code))
)
select metric, breakdown, category, period, first_value, latest_value, coalesce(latest_value, 0) - coalesce(first_value, 0)
from sums
where first_value is distinct from latest_value;
