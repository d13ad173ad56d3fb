-- grain: one row per stock of platforms and step that decides where a platform stands
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
create view lineage.platform_stock as
with steps as (
    select f.*, r.enterprise_code, d.group_code, year(f.event_date) as event_year
    from core.platform as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    where r.is_latest
),
years as (
    select distinct r.period_key, p.period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'platforms' and r.is_latest and p.period_kind = 'year'
),
standing as (
    select y.period_key as year_key, s.*, s.platform_event in ('APPROVE', 'REORG', 'UPGRADE') as is_approved, s.platform_level in ('NAT', 'PROV') as is_official
    from years as y join steps as s on s.event_year <= y.period_year
    qualify row_number() over (partition by y.period_key, s.platform_no order by s.event_date desc, s.platform_event, s.enterprise_code) = 1
)
select
    place.metric, place.breakdown, place.category, s.year_key as period_key, 'value' as side, cast(null as integer) as weight,
    'core.platform' as fact, 'platform_event' as fact_column, s.return_id, s.source_row, 'platform_event' as field, cast(null as decimal(28, 6)) as amount
from standing as s
cross join lateral (
    values
        ('platforms', 'total', case when s.is_approved and s.is_official then 'all' end),
        ('platforms', 'platform_level', case when s.is_approved and s.is_official then s.platform_level end),
        ('platforms', 'platform_kind', case when s.is_approved and s.is_official then s.platform_kind end),
        ('platforms', 'group', case when s.is_approved and s.is_official then s.group_code end),
        ('platforms_by_state', 'platform_event', case when s.is_official then s.platform_event end),
        ('platforms_ready', 'total', case when s.is_approved and s.upgrade_readiness in ('READY', 'APPLIED') then 'all' end),
        (case s.platform_level when 'NAT' then 'platforms_national' else 'platforms_provincial' end, 'total', case when s.is_approved and s.is_official then 'all' end)
) as place (metric, breakdown, category)
where place.category is not null;
