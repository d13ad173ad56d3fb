-- grain: one row per count of scenes, sources, consortia and policies and row that it comes from
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: value (a plain sum or count), numerator or denominator
--   weight: by how much the side moves when the cell moves by one; null where it is not linear
--   fact: table of facts that holds the cell
--   fact_column: its column in that table
--   return_id: return that the cell stands in
--   source_row: row in the file
--   field: field of the form; core.source_column tells its column
--   amount: amount of the cell in the unit of the warehouse; null where the row is counted
create view lineage.programme_count as
with rows_of_the_year as (
    select 'core.scene' as fact, f.return_id, f.source_row, f.period_key, place.*
    from core.scene as f
    cross join lateral (values ('digital_scenes', 'total', 'all', 'scene_no'), ('digital_scenes', 'scene_status', f.scene_status, 'scene_no')) as place (metric, breakdown, category, field)
    union all
    select 'core.origin_source', f.return_id, f.source_row, f.period_key, place.*
    from core.origin_source as f
    cross join lateral (
        values ('origin_sources', 'total', 'all', 'source_no'), ('origin_projects', 'total', 'all', 'origin_project_no'), ('origin_projects', 'origin_stage', f.origin_stage, 'origin_project_no'),
            ('origin_breakthroughs', 'total', case when f.origin_stage = 'BREAK' then 'all' end, 'origin_stage')
    ) as place (metric, breakdown, category, field)
    union all
    select 'core.consortium', f.return_id, f.source_row, f.period_key, place.*
    from core.consortium as f
    cross join lateral (values ('consortia', 'total', 'all', 'consortium_no'), ('consortia', 'consortium_role', f.consortium_role, 'consortium_no')) as place (metric, breakdown, category, field)
    where f.is_active_at_end
    union all
    select 'core.policy_uptake', f.return_id, f.source_row, f.period_key, place.*
    from core.policy_uptake as f
    join seed.policy as k on k.code = f.policy
    cross join lateral (
        values ('policy_enterprises', 'total', 'all', 'uptake_status'), ('policy_enterprises', 'policy', f.policy, 'uptake_status'), ('policies_in_use', 'total', 'all', 'policy'), ('policies_in_use', 'policy_field', k.parent, 'policy')
    ) as place (metric, breakdown, category, field)
    where f.uptake_status = 'FORCE'
)
select
    c.metric, c.breakdown, c.category, c.period_key, 'value' as side, cast(null as integer) as weight,
    c.fact, c.field as fact_column, c.return_id, c.source_row, c.field, cast(null as decimal(28, 6)) as amount
from rows_of_the_year as c
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = c.period_key
where r.is_latest and p.period_kind = 'year' and c.category is not null
union all
select place.metric, place.breakdown, place.category, f.period_key, 'value', 1, 'core.policy_uptake', place.field, f.return_id, f.source_row, place.field, place.amount
from core.policy_uptake as f
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = f.period_key
cross join lateral (
    values ('policy_reserve', 'total', case when f.policy = 'RESERVE' then 'all' end, 'policy_amount_wan', f.policy_amount_wan), ('policy_amount', 'policy', f.policy, 'policy_amount_wan', f.policy_amount_wan),
        ('policy_beneficiaries', 'policy', f.policy, 'policy_persons', cast(f.policy_persons as decimal(28, 6)))
) as place (metric, breakdown, category, field, amount)
where r.is_latest and p.period_kind = 'year' and f.uptake_status = 'FORCE' and place.category is not null and place.amount is not null;
