-- grain: one row per received row that has at least one error; a sheet with an error of its own lists all its rows
-- key: file_no, sheet_no, source_row
create table core.rejected_row (
    file_no integer,                 -- file in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint                -- row as a person sees it in the file
);
insert into core.rejected_row
with refused_sheet as (
    select distinct file_no, sheet_no from landing.finding where severity = 'error' and scope = 'sheet' and sheet_no is not null
)
select file_no, sheet_no, source_row from landing.finding where severity = 'error' and scope = 'row' and sheet_no is not null and source_row is not null
union
select file_no, sheet_no, source_row from landing.fault where severity = 'error'
union
select file_no, sheet_no, source_row from landing.any_row semi join refused_sheet using (file_no, sheet_no);
