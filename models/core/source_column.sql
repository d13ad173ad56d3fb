-- grain: one row per sheet and field: the column in which the field stands
-- key: file_no, sheet_no, field
create table core.source_column (
    file_no integer,                 -- file in the order of landing
    sheet_no integer,                -- sheet in the file
    file_sha256 varchar,             -- SHA-256 of the received file
    field varchar,                   -- field of the form
    column_letters varchar,          -- column as a spreadsheet names it: A, B … AA
    heading varchar,                 -- heading as it stands in the sheet
    unit varchar,                    -- unit in which the column is written; null for text and dates
    unit_base decimal(18, 6),        -- base units (yuan, person-months …) in one unit of the column
    warehouse_base decimal(18, 6)    -- base units in one unit of the warehouse; cell = amount × warehouse_base ÷ unit_base
);
insert into core.source_column
select
    y.file_no, y.sheet_no, f.sha256, y.field,
    case when y.column_no > 26 then chr(cast(64 + (y.column_no - 1) // 26 as integer)) else '' end || chr(cast(65 + (y.column_no - 1) % 26 as integer)),
    y.heading, y.unit, y.unit_base, y.landing_base
from landing.layout as y
join landing.file as f using (file_no);
