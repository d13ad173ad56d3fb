-- grain: one row per received row that has at least one error; a sheet with an error of its own lists all its rows
-- key: file_no, sheet_no, source_row
create table core.rejected_row (
    file_no integer,                 -- file in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint                -- row as a person sees it in the file
);
insert into core.rejected_row
select file_no, sheet_no, source_row from landing.refused_row;
