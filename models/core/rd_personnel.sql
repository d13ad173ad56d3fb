-- grain: one row per return of form rd_spend that states its R&D personnel
-- key: return_id
-- by: return
create table core.rd_personnel (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    personnel_persons bigint,        -- R&D personnel, heads
    researchers_persons bigint,      -- of which researchers, heads
    personnel_fte decimal(18, 6)     -- R&D personnel, full-time equivalent in person-years
);
insert into core.rd_personnel
select r.return_id, r.enterprise_key, r.period_key, l.source_row, l.rd_personnel_persons, l.researchers_persons, l.rd_personnel_fte
from landing.corrected_rd_spend as l
join core.dim_return as r on r.form = 'rd_spend' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
where l.rd_personnel_persons is not null or l.rd_personnel_fte is not null;
