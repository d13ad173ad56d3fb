-- grain: one row per decision on a correction of one cell
-- key: file_no, sheet_no, source_row
create table core.correction_decision (
    file_no integer,                 -- file of the decision in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint,               -- row in the file
    enterprise_code varchar,         -- enterprise whose cell was to be corrected
    period_key integer,              -- period of the cell
    corrected_form varchar,          -- form of the cell
    corrected_field varchar,         -- field of the cell
    old_value decimal(18, 6),        -- what the cell read, as the correction says
    new_value decimal(18, 6),        -- what it should read, as the correction says
    explanation varchar,             -- why the correction was sent
    correction_verdict varchar,      -- APPROVED; REFUSED, and then it is not applied
    reason varchar,                  -- why it was decided so
    decided_by varchar,              -- who decided
    decided_on date,                 -- when
    is_in_force boolean              -- false where a later decision on the same correction has taken its place
);
insert into core.correction_decision
select
    l.file_no, l.sheet_no, l.source_row, l.enterprise_code, p.period_key, l.corrected_form, l.corrected_field, l.old_value, l.new_value,
    coalesce(c.reason, l.correction_reason), l.correction_verdict, l.reason, l.decided_by, l.decided_on, f.source_row is not null
from landing.correction_decisions as l
join core.dim_period as p on p.period_year = l.period_year and p.period_month is not distinct from l.period_month and p.period_kind in ('year', 'ytd')
left join landing.correction_decision_in_force as f on f.file_no = l.file_no and f.sheet_no = l.sheet_no and f.source_row = l.source_row
left join (
    select enterprise_code, period_year, period_month, corrected_form, corrected_field, old_value, new_value, max(reason) as reason from landing.corrections group by all
) as c on c.enterprise_code = l.enterprise_code and c.period_year = l.period_year and c.period_month is not distinct from l.period_month
    and c.corrected_form = l.corrected_form and c.corrected_field = l.corrected_field and c.old_value = l.old_value and c.new_value = l.new_value
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
