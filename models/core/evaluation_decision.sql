-- grain: one row per decision on an appeal against one indicator of a group's evaluation
-- key: return_id, source_row
create table core.evaluation_decision (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- year that was evaluated
    source_row bigint,               -- row in the file
    indicator varchar,               -- indicator or item; see seed.evaluation_indicator and seed.evaluation_item
    verdict varchar,                 -- UPHELD, PARTLY, REJECTED
    decided_value decimal(18, 6),    -- value that counts in the evaluation, and nowhere else; null where rejected
    reason varchar,                  -- why it was decided so
    decided_by varchar,              -- who decided
    decided_on date,                 -- when
    is_in_force boolean              -- false where a later decision on the same appeal has taken its place
);
insert into core.evaluation_decision
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.indicator, l.verdict, l.decided_value, l.reason, l.decided_by, l.decided_on,
    -- A decision stands until another one on the same appeal is made, also where that comes in another file.
    row_number() over (
        partition by r.enterprise_code, r.period_key, l.indicator order by l.decided_on desc, r.filled_on desc, r.revision desc, r.file_sha256 desc, r.sheet_no desc, l.source_row desc
    ) = 1
from landing.evaluation_decisions as l
join core.dim_return as r on r.form = 'evaluation_decisions' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
