-- grain: one row per step in the life of an innovation platform and enterprise that reports it
-- key: return_id, source_row
-- by: return
create table core.platform (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    platform_no varchar,             -- platform number: a platform with co-builders has one number and is counted once
    platform_name varchar,           -- name of the platform
    platform_kind varchar,           -- kind; see seed.platform_kind
    platform_level varchar,          -- level after the step: NAT, PROV, CITY, OWN
    platform_event varchar,          -- step: PREP, FOSTER, APPROVE, REORG, UPGRADE, REVOKE
    event_date date,                 -- date of the step
    upgrade_readiness varchar        -- readiness for upgrade; U not stated
);
insert into core.platform
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.platform_no, l.platform_name, l.platform_kind, l.platform_level, l.platform_event, l.event_date, coalesce(l.upgrade_readiness, 'U')
from landing.platforms as l
join core.dim_return as r on r.form = 'platforms' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
