-- grain: one row per laboratory, criterion of the level above and year
-- key: return_id, source_row
-- by: return
create table core.lab_readiness (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    lab_no varchar,                  -- laboratory number
    lab_name varchar,                -- name of the laboratory
    upgrade_criterion varchar,       -- criterion; see seed.upgrade_criterion
    criterion_state varchar,         -- MET, PART, MISSING
    criterion_evidence varchar       -- documents that show it
);
insert into core.lab_readiness
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.lab_no, l.lab_name, l.upgrade_criterion, l.criterion_state, l.criterion_evidence
from landing.lab_readiness as l
join core.dim_return as r on r.form = 'lab_readiness' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
