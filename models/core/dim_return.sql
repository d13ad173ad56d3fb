-- grain: one row per return: what one sheet of one file says of one enterprise and one period
-- key: return_id
create table core.dim_return (
    return_id bigint,                -- from what it is about, its file and sheet: the same in every release that has it
    form varchar,                    -- return form
    enterprise_code varchar,         -- enterprise that the return is about
    enterprise_key integer,          -- its stretch of history at the end of the period; 0 unknown
    period_key integer,              -- period that the return is about
    reporter_code varchar,           -- enterprise that filled in the sheet; null where the sheet does not say
    revision integer,                -- number of the revision, 0 where none is stated
    filled_on date,                  -- day on which it was filled in
    file_no integer,                 -- file in the order of landing
    file_sha256 varchar,             -- SHA-256 of the received file
    file_name varchar,               -- name under which it came
    sheet_no integer,                -- sheet in the file
    sheet_name varchar,              -- name of the sheet
    edition integer,                 -- edition of the form that the sheet was made on
    rows_accepted bigint,            -- rows without error
    version_no integer,              -- 1 for the first return about this enterprise and period, 2 for the next …
    is_latest boolean,               -- false once a later return has taken its place
    is_synthetic boolean             -- true for constructed sample data
);
insert into core.dim_return
with versions as (
    select v.*, s.reporter_code, s.revision, s.filled_on, s.sheet_name, s.edition, f.sha256, f.name, f.is_synthetic
    from landing.return_version as v
    join landing.sheet as s using (file_no, sheet_no)
    join landing.file as f using (file_no)
),
placed as (
    select v.*, p.period_key, p.period_end
    from versions as v
    join core.dim_period as p on p.period_year = v.period_year and p.period_month is not distinct from v.period_month and p.period_kind in ('year', 'ytd')
),
-- The stretch in force at the period's end; before the first known stretch, the first one; after a closure, the last one.
keyed as (
    select
        v.form, v.file_no, v.sheet_no, v.enterprise_code, v.period_key,
        coalesce(arg_max(e.enterprise_key, e.valid_from) filter (where e.valid_from <= v.period_end), arg_min(e.enterprise_key, e.valid_from), 0) as enterprise_key
    from placed as v
    left join core.dim_enterprise as e on e.enterprise_code = v.enterprise_code and e.enterprise_key > 0
    group by all
)
select
    -- 53 bits, which every client's numbers hold. Should two returns ever meet in one, the key's check says so.
    cast(md5_number_lower(concat_ws('|', v.form, v.enterprise_code, v.period_key, v.sha256, v.sheet_no)) >> 11 as bigint),
    v.form, v.enterprise_code, k.enterprise_key, v.period_key, v.reporter_code, v.revision, v.filled_on, v.file_no, v.sha256, v.name,
    v.sheet_no, v.sheet_name, v.edition, v.rows_accepted, v.version_no, v.is_in_force, v.is_synthetic
from placed as v
join keyed as k using (form, file_no, sheet_no, enterprise_code, period_key);
