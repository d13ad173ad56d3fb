-- grain: one row per patent and owner
-- key: application_no, owner_seq
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
    select l.application_no, l.owners
    from landing.patents as l
    join core.dim_return as r on r.form = 'patents' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
    join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
    anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
    where r.is_latest
    qualify row_number() over (partition by l.application_no order by l.event_date desc, r.enterprise_code desc, r.period_key desc, l.source_row desc) = 1
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
