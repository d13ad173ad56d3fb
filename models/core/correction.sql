-- grain: one row per approved correction of one cell: what it read, what it should read, why and who approved it
-- key: return_id, source_row
create table core.correction (
    return_id bigint,                -- return of the form corrections that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the corrected cell
    file_no integer,                 -- file of the correction in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint,               -- row in the file
    corrected_form varchar,          -- form of the corrected cell
    corrected_field varchar,         -- field of the corrected cell
    old_value decimal(18, 6),        -- what the cell read, in the field's canonical unit
    new_value decimal(18, 6),        -- what it should read
    reason varchar,                  -- why the cell is corrected
    approver varchar,                -- who approved it
    approved_on date,                -- day of the approval
    is_in_force boolean              -- false where a later correction of the same cell has taken its place
);
insert into core.correction
select
    r.return_id, r.enterprise_key, r.period_key, l.file_no, l.sheet_no, l.source_row, l.corrected_form, l.corrected_field,
    l.old_value, l.new_value, l.reason, l.approver, l.approved_on, f.source_row is not null
from landing.corrections as l
join core.dim_return as r on r.form = 'corrections' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
left join landing.correction_in_force as f on f.file_no = l.file_no and f.sheet_no = l.sheet_no and f.source_row = l.source_row
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
