-- grain: one row per return of form rd_spend and type of R&D
-- key: return_id, activity
-- by: return
create table core.rd_activity (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    activity varchar,                -- type of R&D (Frascati); the types of a return sum to its intramural expenditure
    field varchar,                   -- field of the form that the amount stands in
    amount_wan decimal(18, 6)        -- amount in 10,000 yuan
);
insert into core.rd_activity
select r.return_id, r.enterprise_key, r.period_key, l.source_row, item.code, item.field, item.amount_wan
from landing.corrected_rd_spend as l
join core.dim_return as r on r.form = 'rd_spend' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
cross join lateral (
    values
        ('BRSRCH', 'activity_basic_wan', l.activity_basic_wan),
        ('ARSRCH', 'activity_applied_wan', l.activity_applied_wan),
        ('EDEV', 'activity_experimental_wan', l.activity_experimental_wan)
) as item (code, field, amount_wan)
where item.amount_wan is not null;
