-- grain: one row per return of form talent; the teams overlap and are never summed
-- key: return_id, source_row
-- by: return
create table core.talent (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    talent_persons bigint,           -- talent without double counting, heads
    managers_persons bigint,         -- managers
    professionals_persons bigint,    -- professionals
    managers_professionals_persons bigint, -- both managers and professionals
    skilled_persons bigint,          -- skilled workers
    academicians_persons bigint,     -- academicians, full-time
    flexible_persons bigint,         -- flexible recruits
    flexible_concurrent_persons bigint, -- of which in a concurrent post
    flexible_migratory_persons bigint, -- of which seasonal
    flexible_weekend_persons bigint, -- of which weekend experts
    rd_talent_persons bigint         -- R&D personnel at the end of the period, heads
);
insert into core.talent
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.talent_persons, l.managers_persons, l.professionals_persons, l.managers_professionals_persons, l.skilled_persons, l.academicians_persons, l.flexible_persons,
    l.flexible_concurrent_persons, l.flexible_migratory_persons, l.flexible_weekend_persons, l.rd_talent_persons
from landing.talent as l
join core.dim_return as r on r.form = 'talent' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
