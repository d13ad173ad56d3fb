-- grain: one row per return, enterprise and title with its validity
-- key: return_id, source_row
-- by: return
create table core.enterprise_title (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    enterprise_title varchar,        -- title; see seed.enterprise_title
    title_certificate_no varchar,    -- number of the certificate
    valid_from date,                 -- first day of validity
    valid_to date,                   -- last day of validity; null where it has none
    is_held_at_end boolean           -- in force on the last day of the period
);
insert into core.enterprise_title
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.enterprise_title, l.title_certificate_no, l.valid_from, l.valid_to, l.valid_from <= p.period_end and coalesce(l.valid_to, p.period_end) >= p.period_end
from landing.enterprise_titles as l
join core.dim_return as r on r.form = 'enterprise_titles' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
