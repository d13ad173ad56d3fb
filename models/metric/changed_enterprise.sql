-- grain: one row per enterprise and year in which it was merged or split, on either side: another enterprise than the year before
-- key: enterprise_code, period_year
create table metric.changed_enterprise (
    enterprise_code varchar,         -- enterprise
    period_year integer              -- year
);
insert into metric.changed_enterprise
with changes as (
    select predecessor_code, successor_code, valid_from from core.bridge_succession
    union all select predecessor_code, successor_code, valid_from from core.unshared_split
)
select predecessor_code, cast(extract(year from valid_from) as integer) from changes
union
select successor_code, cast(extract(year from valid_from) as integer) from changes;
