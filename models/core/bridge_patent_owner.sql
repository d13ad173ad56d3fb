-- grain: one row per patent and owner
-- key: application_no, owner_seq
-- by: patent
create table core.bridge_patent_owner (
    application_no varchar,          -- application number
    owner_seq integer,               -- position among the owners; 1 is the first owner
    owner_name varchar,              -- name as reported
    enterprise_code varchar,         -- register code; null for owners outside the register
    enterprise_key integer,          -- enterprise as it stands now; -1 for owners outside the register, who are in the dimension too
    owner_share decimal(9, 6)        -- 1 divided by the number of owners, for fractional counting
);
insert into core.bridge_patent_owner
with latest as (
    select e.application_no, e.owners
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    where r.is_latest
    qualify row_number() over (partition by e.application_no order by e.event_date desc, r.enterprise_code desc, e.period_key desc, e.source_row desc) = 1
),
owners as (
    select application_no, list_filter(list_transform(string_split(replace(owners, '；', ';'), ';'), o -> trim(o)), o -> o <> '') as names
    from latest
),
listed as (
    select application_no, unnest(names) as owner_name, generate_subscripts(names, 1) as owner_seq, len(names) as owner_count from owners
)
select l.application_no, cast(l.owner_seq as integer), l.owner_name, a.enterprise_code, coalesce(d.enterprise_key, -1), cast(1.0 / l.owner_count as decimal(9, 6))
from listed as l
left join core.enterprise_alias as a on a.alias = replace(l.owner_name, ' ', '')
left join core.dim_enterprise as d on d.enterprise_code = a.enterprise_code and d.is_current;
