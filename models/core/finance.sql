-- grain: one row per return of form finance
-- key: return_id
-- by: return
create table core.finance (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    revenue_wan decimal(18, 6),      -- operating revenue in 10,000 yuan
    revenue_prior_wan decimal(18, 6), -- operating revenue of the same period of last year, as re-reported in this return
    operating_cost_wan decimal(18, 6), -- operating cost in 10,000 yuan
    profit_wan decimal(18, 6),       -- total profit in 10,000 yuan; may be negative
    employees_persons bigint         -- employees at the end of the period, heads
);
insert into core.finance
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.revenue_wan, l.revenue_prior_wan, l.operating_cost_wan, l.profit_wan, l.employees_persons
from landing.corrected_finance as l
join core.dim_return as r on r.form = 'finance' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
