-- grain: one row per received row that has at least one error; a sheet with an error of its own lists all its rows
-- key: file_no, sheet_no, source_row
create table core.rejected_row (
    file_no integer,                 -- file in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint                -- row as a person sees it in the file
);
insert into core.rejected_row
with refused_sheet as (
    select distinct file_no, sheet_no from landing.finding where severity = 'error' and scope <> 'row' and sheet_no is not null
),
landed as (
    select file_no, sheet_no, source_row from landing.enterprise_register
    union all select file_no, sheet_no, source_row from landing.rd_spend
    union all select file_no, sheet_no, source_row from landing.finance
    union all select file_no, sheet_no, source_row from landing.patents
    union all select file_no, sheet_no, source_row from landing.awards
    union all select file_no, sheet_no, source_row from landing.patent_summary
    union all select file_no, sheet_no, source_row from landing.award_summary
    union all select file_no, sheet_no, source_row from landing.group_total
    union all select file_no, sheet_no, source_row from landing.review
)
select file_no, sheet_no, source_row from landing.finding where severity = 'error' and scope = 'row' and sheet_no is not null and source_row is not null
union
select file_no, sheet_no, source_row from landed semi join refused_sheet using (file_no, sheet_no);
