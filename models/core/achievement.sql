-- grain: one row per achievement put to use, measure and reporting enterprise
-- key: return_id, source_row
-- by: return
create table core.achievement (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    achievement_no varchar,          -- achievement number
    achievement_measure varchar,     -- what is measured; see seed.achievement_measure
    value_qualifier varchar,         -- eq, gt, ge, near or about, as the source words it
    measured_value decimal(18, 6),   -- value in the unit of the row
    measure_unit varchar,            -- unit of the value
    value_verification varchar,      -- SELF, USER, AUDIT: who has verified it; null where the return does not say
    first_used_on date               -- first put to use
);
insert into core.achievement
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.achievement_no, l.achievement_measure, coalesce(l.value_qualifier, 'eq'), l.measured_value, l.measure_unit, l.value_verification, l.first_used_on
from landing.achievements as l
join core.dim_return as r on r.form = 'achievements' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
