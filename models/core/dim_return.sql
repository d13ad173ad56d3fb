-- grain: one row per return: what one sheet of one file says of one enterprise and one period
-- key: return_id
create table core.dim_return (
    return_id integer,               -- the same for the same files, in whatever order they came
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
with landed as (
    select form, file_no, sheet_no, source_row, enterprise_code, period_year, period_month from landing.any_row where kind in ('State', 'Event')
),
stated as (
    select l.form, l.file_no, l.sheet_no, l.enterprise_code, l.period_year, l.period_month, count(*) filter (where x.source_row is null) as rows_accepted
    from landed as l
    left join core.rejected_row as x using (file_no, sheet_no, source_row)
    group by all
),
mentioned as (
    select form, file_no, enterprise_code, period_year, period_month from stated
    union
    select form, file_no, enterprise_code, period_year, period_month from landing.rejected where enterprise_code is not null
),
-- Which return is the later one is said by its revision and fill date, never by the order of arrival; V41 warns where both are the same.
ordered as (
    select
        t.*, s.reporter_code, s.revision, s.filled_on, s.sheet_name, s.edition, f.sha256, f.name, f.is_synthetic, f.file_no,
        (s.revision, coalesce(s.filled_on, date '1900-01-01'), f.sha256, t.sheet_no) as rank_key
    from stated as t
    join landing.sheet as s using (file_no, sheet_no)
    join landing.file as f using (file_no)
),
-- A later file of the same reporter, form and period that no longer mentions an enterprise takes its rows out.
-- The sheets of one file are one return: none of them takes out what another says.
covered as (
    select distinct o.form, o.reporter_code, o.period_year, o.period_month, o.file_no, o.rank_key
    from ordered as o where o.reporter_code is not null and o.rows_accepted > 0
),
dropped as (
    select distinct o.form, o.file_no, o.sheet_no, o.enterprise_code, o.period_year, o.period_month
    from ordered as o
    join covered as c on c.form = o.form and c.reporter_code = o.reporter_code and c.period_year is not distinct from o.period_year
        and c.period_month is not distinct from o.period_month and c.rank_key > o.rank_key
    anti join mentioned as m on m.form = c.form and m.file_no = c.file_no and m.enterprise_code = o.enterprise_code
        and m.period_year is not distinct from o.period_year and m.period_month is not distinct from o.period_month
),
versions as (
    select
        o.*, d.form is not null as is_dropped,
        row_number() over (partition by o.form, o.enterprise_code, o.period_year, o.period_month order by rank_key) as version_no,
        -- What one reporter has taken out does not hide what another still says.
        row_number() over (partition by o.form, o.enterprise_code, o.period_year, o.period_month, d.form is not null order by rank_key desc) as from_last
    from ordered as o
    left join dropped as d on d.form = o.form and d.file_no = o.file_no and d.sheet_no = o.sheet_no and d.enterprise_code = o.enterprise_code
        and d.period_year is not distinct from o.period_year and d.period_month is not distinct from o.period_month
    where o.rows_accepted > 0
),
placed as (
    select v.*, p.period_key, p.period_end
    from versions as v
    join core.dim_period as p on p.period_year = v.period_year and p.period_month is not distinct from v.period_month
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
    cast(row_number() over (order by v.form, v.enterprise_code, v.period_key, v.revision, v.filled_on, v.sha256, v.sheet_no) as integer),
    v.form, v.enterprise_code, k.enterprise_key, v.period_key, v.reporter_code, v.revision, v.filled_on, v.file_no, v.sha256, v.name,
    v.sheet_no, v.sheet_name, v.edition, v.rows_accepted, v.version_no, v.from_last = 1 and not v.is_dropped, v.is_synthetic
from placed as v
join keyed as k using (form, file_no, sheet_no, enterprise_code, period_key);
