-- grain: one row per cell of a return whose value an approved correction has replaced
-- key: return_id, source_row, field
create table core.corrected_cell (
    return_id bigint,                -- return that the cell stands in
    source_row bigint,               -- row in the file
    field varchar,                   -- field of the form; core.source_column tells its column
    read_value decimal(18, 6),       -- what the cell reads, in the field's canonical unit
    corrected_value decimal(18, 6),  -- what counts instead
    correction_return_id bigint,     -- return of the form corrections that says so; see core.correction
    correction_row bigint            -- its row in that file
);
insert into core.corrected_cell
select r.return_id, l.source_row, l.field, l.old_value, l.new_value, c.return_id, l.correction_row
from landing.corrected_cell as l
join core.dim_period as p on p.period_year = l.period_year and p.period_month is not distinct from l.period_month and p.period_kind in ('year', 'ytd')
join core.dim_return as r on r.form = l.form and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code and r.period_key = p.period_key
join core.dim_return as c on c.form = 'corrections' and c.file_no = l.correction_file_no and c.sheet_no = l.correction_sheet_no and c.enterprise_code = l.enterprise_code and c.period_key = p.period_key
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
