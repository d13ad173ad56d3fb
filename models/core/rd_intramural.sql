-- grain: one row per return of form rd_spend: intramural R&D expenditure (basis C)
-- key: return_id
-- by: return
create table core.rd_intramural (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    amount_wan decimal(18, 6),       -- intramural R&D expenditure (basis C), in 10,000 yuan
    prior_amount_wan decimal(18, 6)  -- the same for the same period of last year, as re-reported in this return
);
insert into core.rd_intramural
select r.return_id, r.enterprise_key, r.period_key, l.source_row, l.intramural_total_wan, l.intramural_total_prior_wan
from landing.corrected_rd_spend as l
join core.dim_return as r on r.form = 'rd_spend' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
where l.intramural_total_wan is not null;
