-- grain: one row per count of scenes, sources, consortia and policies, breakdown and year; each is counted once, however many enterprises report it
-- key: metric, breakdown, category, period_key
create table metric.programme_count (
    metric varchar,                  -- what is measured; see published.metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    value decimal(28, 6),            -- the figure in the unit of the metric
    numerator decimal(28, 6),        -- sum above the line; null for plain sums
    denominator decimal(28, 6),      -- sum below the line; null for plain sums
    contributors integer             -- enterprises that the figure comes from
);
insert into metric.programme_count
with scenes as (
    select distinct f.scene_no, f.scene_status, f.period_key, r.enterprise_code
    from core.scene as f join core.dim_return as r using (return_id) join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
sources as (
    select distinct f.source_no, f.origin_project_no, f.origin_stage, f.period_key, r.enterprise_code
    from core.origin_source as f join core.dim_return as r using (return_id) join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year'
),
unions as (
    select distinct f.consortium_no, f.consortium_role, f.period_key, r.enterprise_code
    from core.consortium as f join core.dim_return as r using (return_id) join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and f.is_active_at_end and p.period_kind = 'year'
),
uptake as (
    select f.policy, k.parent as policy_field, f.policy_amount_wan, f.policy_persons, f.period_key, r.enterprise_code
    from core.policy_uptake as f join seed.policy as k on k.code = f.policy join core.dim_return as r using (return_id) join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and f.uptake_status = 'FORCE' and p.period_kind = 'year'
),
counted as (
    select
        'digital_scenes' as metric, case grouping(scene_status) when 1 then 'total' else 'scene_status' end as breakdown, coalesce(scene_status, 'all') as category, period_key,
        cast(count(distinct scene_no) as decimal(28, 6)) as value, null as numerator, null as denominator, cast(count(distinct enterprise_code) as integer) as contributors
    from scenes group by grouping sets ((period_key), (period_key, scene_status))
    union all
    select 'origin_sources', 'total', 'all', period_key, cast(count(distinct source_no) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from sources group by period_key
    union all
    select
        'origin_projects', case grouping(origin_stage) when 1 then 'total' else 'origin_stage' end, coalesce(origin_stage, 'all'), period_key,
        cast(count(distinct origin_project_no) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from sources group by grouping sets ((period_key), (period_key, origin_stage))
    union all
    select 'origin_breakthroughs', 'total', 'all', period_key, cast(count(distinct origin_project_no) filter (where origin_stage = 'BREAK') as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from sources group by period_key
    union all
    select
        'consortia', case grouping(consortium_role) when 1 then 'total' else 'consortium_role' end, coalesce(consortium_role, 'all'), period_key,
        cast(count(distinct consortium_no) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from unions group by grouping sets ((period_key), (period_key, consortium_role))
    union all
    select
        'policy_enterprises', case grouping(policy) when 1 then 'total' else 'policy' end, coalesce(policy, 'all'), period_key,
        cast(count(distinct enterprise_code) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from uptake group by grouping sets ((period_key), (period_key, policy))
    union all
    select
        'policies_in_use', case grouping(policy_field) when 1 then 'total' else 'policy_field' end, coalesce(policy_field, 'all'), period_key,
        cast(count(distinct policy) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from uptake group by grouping sets ((period_key), (period_key, policy_field))
    union all
    -- Set aside, paid out, invested: what one policy moves is not what another does, and nobody benefits once only. So there is no total.
    select 'policy_amount', 'policy', policy, period_key, cast(sum(policy_amount_wan) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from uptake where policy_amount_wan is not null group by policy, period_key
    union all
    select 'policy_beneficiaries', 'policy', policy, period_key, cast(sum(policy_persons) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from uptake where policy_persons is not null group by policy, period_key
    union all
    select 'policy_reserve', 'total', 'all', period_key, cast(sum(policy_amount_wan) as decimal(28, 6)), null, null, cast(count(distinct enterprise_code) as integer)
    from uptake where policy = 'RESERVE' and policy_amount_wan is not null group by period_key
)
select * from counted
union all
-- A member that does not occur in a year of which others do is zero there, not missing.
select m.metric, m.breakdown, m.category, y.period_key, 0, null, null, 0
from (select distinct metric, breakdown, category from counted where breakdown <> 'total' and metric not in ('policy_amount', 'policy_beneficiaries')) as m
join (select distinct metric, breakdown, period_key from counted) as y using (metric, breakdown)
left join counted as c on c.metric = m.metric and c.breakdown = m.breakdown and c.category = m.category and c.period_key = y.period_key
where c.period_key is null;
