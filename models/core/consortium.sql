-- grain: one row per innovation consortium, enterprise in it and year
-- key: return_id, source_row
-- by: return
create table core.consortium (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    consortium_no varchar,           -- consortium number
    consortium_role varchar,         -- LEAD or MEMBER
    consortium_members_count bigint, -- members of the consortium
    founded_on date,                 -- founded on
    ended_on date,                   -- ended on; null while it lasts
    is_active_at_end boolean         -- exists on the last day of the period
);
insert into core.consortium
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.consortium_no, l.consortium_role, l.consortium_members_count, l.founded_on, l.ended_on, l.founded_on <= p.period_end and coalesce(l.ended_on, p.period_end) >= p.period_end
from landing.consortia as l
join core.dim_return as r on r.form = 'consortia' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
