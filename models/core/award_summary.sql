-- grain: one row per return of form award_summary
-- key: return_id
-- by: return
create table core.award_summary (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    total_count bigint,              -- all awards
    provincial_plus_count bigint,    -- of which of provincial level and above
    national_count bigint,           -- of which national
    graded_count bigint,             -- graded awards
    grade_special_count bigint,      -- special prizes
    grade_first_count bigint,        -- first prizes
    grade_second_count bigint,       -- second prizes
    grade_third_count bigint,        -- third prizes
    ungraded_count bigint            -- awards without grades
);
insert into core.award_summary
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.total_count, l.provincial_plus_count, l.national_count, l.graded_count, l.grade_special_count, l.grade_first_count, l.grade_second_count, l.grade_third_count, l.ungraded_count
from landing.award_summary as l
join core.dim_return as r on r.form = 'award_summary' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
