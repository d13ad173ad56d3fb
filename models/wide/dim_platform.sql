-- grain: one row per platform as its last step left it, however many co-builders report it; facts join on platform_no
--   platform_no: platform number
--   platform_name: name of the platform
--   platform_kind: kind
--   platform_kind_zh: kind in Chinese
--   platform_level: NAT, PROV, CITY, OWN
--   platform_level_zh: level in Chinese
--   platform_event: last step: PREP, FOSTER, APPROVE, REORG, UPGRADE, REVOKE
--   event_date: day of that step
--   upgrade_readiness: readiness for upgrade; U not stated
--   is_in_force: approved, reorganised or upgraded
--   enterprises: enterprises that report it
create view published.dim_platform as
with steps as (
    select
        *, row_number() over (partition by platform_no order by event_date desc, platform_event, enterprise_code, source_row desc) as from_last,
        count(distinct enterprise_code) over (partition by platform_no) as enterprises
    from fact.platform
)
select
    f.platform_no, f.platform_name, f.platform_kind, k.name_zh as platform_kind_zh, f.platform_level, l.name_zh as platform_level_zh, f.platform_event, f.event_date, f.upgrade_readiness,
    f.platform_event in ('APPROVE', 'REORG', 'UPGRADE') as is_in_force, cast(f.enterprises as integer) as enterprises
from steps as f
left join seed.platform_kind as k on k.code = f.platform_kind
left join seed.platform_level as l on l.code = f.platform_level
where f.from_last = 1;
