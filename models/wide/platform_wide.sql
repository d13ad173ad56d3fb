-- grain: one row per platform and year, with the last step that it had taken by the end of the year; counts once, however many co-builders report it
--   platform_no: platform number
--   period_key: year, as in core.dim_period
--   period_year: year
--   platform_name: name of the platform
--   platform_kind: kind
--   platform_kind_zh: kind in Chinese
--   platform_level: NAT, PROV, CITY, OWN
--   platform_event: last step: PREP, FOSTER, APPROVE, REORG, UPGRADE, REVOKE
--   event_date: day of that step
--   upgrade_readiness: readiness for upgrade; U not stated
--   group_code: group that reports the step, in force at the end of its period
--   is_in_force: approved, reorganised or upgraded
create view published.platform_wide as
with years as (select distinct period_key, period_year from fact.platform where period_kind = 'year')
select
    y.period_key, y.period_year, f.platform_no, f.platform_name, f.platform_kind, k.name_zh as platform_kind_zh, f.platform_level, f.platform_event, f.event_date, f.upgrade_readiness,
    d.group_code, f.platform_event in ('APPROVE', 'REORG', 'UPGRADE') as is_in_force
from years as y
join fact.platform as f on year(f.event_date) <= y.period_year
join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
left join seed.platform_kind as k on k.code = f.platform_kind
qualify row_number() over (partition by y.period_key, f.platform_no order by f.event_date desc, f.platform_event, f.enterprise_code) = 1;
