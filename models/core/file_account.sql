-- grain: one row per received file: rows in = rows loaded + rows rejected + rows superseded
-- key: file_no
create table core.file_account (
    file_no integer,                 -- file in the order of landing
    file_sha256 varchar,             -- SHA-256 of the file
    file_name varchar,               -- name under which it came
    rows_in bigint,                  -- detail rows found in the file
    rows_loaded bigint,              -- rows that stand in the facts of this release
    rows_rejected bigint,            -- rows with an error
    rows_superseded bigint           -- rows whose return was replaced by a later one
);
insert into core.file_account
with judged as (
    select
        l.file_no,
        x.source_row is not null as is_rejected,
        x.source_row is null and r.return_id is not null and not r.is_latest as is_superseded
    from landing.any_row as l
    left join core.rejected_row as x using (file_no, sheet_no, source_row)
    left join core.dim_period as p on p.period_year = l.period_year and p.period_month is not distinct from l.period_month and p.period_kind in ('year', 'ytd')
    left join core.dim_return as r on r.form = l.form and r.file_no = l.file_no and r.sheet_no = l.sheet_no
        and r.enterprise_code = l.enterprise_code and r.period_key = p.period_key
),
counted as (
    select file_no, count(*) as n, count(*) filter (where is_rejected) as rejected, count(*) filter (where is_superseded) as superseded
    from judged group by all
),
sheets as (select file_no, sum(rows_in) as rows_in from landing.sheet group by all),
unread as (select file_no, count(*) as n from landing.rejected group by all)
select
    f.file_no, f.sha256, f.name,
    coalesce(s.rows_in, 0),
    coalesce(c.n - c.rejected - c.superseded, 0),
    coalesce(c.rejected, 0) + coalesce(u.n, 0),
    coalesce(c.superseded, 0)
from landing.file as f
left join sheets as s using (file_no)
left join counted as c using (file_no)
left join unread as u using (file_no);
