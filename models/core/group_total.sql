-- grain: one row per return of form group_total
-- key: return_id
-- by: return
create table core.group_total (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    consolidated_revenue_wan decimal(18, 6), -- consolidated revenue in 10,000 yuan
    offset_revenue_wan decimal(18, 6), -- revenue eliminated within the group
    consolidated_expense_wan decimal(18, 6), -- consolidated R&D expense in 10,000 yuan
    offset_expense_wan decimal(18, 6) -- R&D expense eliminated within the group
);
insert into core.group_total
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.consolidated_revenue_wan, l.offset_revenue_wan, l.consolidated_expense_wan, l.offset_expense_wan
from landing.group_total as l
join core.dim_return as r on r.form = 'group_total' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
