-- grain: one row per policy, enterprise and year
-- key: return_id, source_row
-- by: return
create table core.policy_uptake (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    policy varchar,                  -- policy; see seed.policy
    uptake_status varchar,           -- NONE, PLAN, FORCE
    in_force_since date,             -- in force since
    policy_amount_wan decimal(18, 6), -- amount of the year, 10,000 yuan
    policy_persons bigint            -- persons who benefit
);
insert into core.policy_uptake
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.policy, l.uptake_status, l.in_force_since, l.policy_amount_wan, l.policy_persons
from landing.policy_uptake as l
join core.dim_return as r on r.form = 'policy_uptake' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
