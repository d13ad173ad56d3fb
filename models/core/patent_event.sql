-- grain: one row per reported patent event and reporting enterprise
-- key: return_id, source_row
-- by: return
create table core.patent_event (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- reporting enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    application_no varchar,          -- application number with its check digit
    patent_type varchar,             -- I invention, U utility model, D design
    event varchar,                   -- FILE, GRANT, LAPSE …
    event_date date,                 -- day of the event
    event_year integer,              -- year of the event
    owner_count integer,             -- number of owners
    owners varchar,                  -- owners as reported, in their order, parted by semicolons
    first_owner_code varchar,        -- register code of the first owner; null where it is not in the register
    is_first_owner boolean           -- the reporting enterprise is the first owner
);
insert into core.patent_event
with reported as (
    select l.*, r.return_id, r.enterprise_key, r.period_key
    from landing.patents as l
    join core.dim_return as r on r.form = 'patents' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
    join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
    anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
),
-- Of rows of some returns alone, the owners of those alone are taken apart.
typed as (
    select *, list_filter(list_transform(string_split(replace(owners, '；', ';'), ';'), o -> replace(trim(o), ' ', '')), o -> o <> '') as owner_names from reported
)
select
    t.return_id, t.enterprise_key, t.period_key, t.source_row, t.application_no, t.patent_type, t.event, t.event_date,
    cast(year(t.event_date) as integer), len(t.owner_names), t.owners, a.enterprise_code,
    coalesce(a.enterprise_code = t.enterprise_code, false)
from typed as t
left join core.enterprise_alias as a on a.alias = t.owner_names[1];
