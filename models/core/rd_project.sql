-- grain: one row per R&D project and year in which an enterprise reports it
-- key: return_id, source_row
-- by: return
create table core.rd_project (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    project_no varchar,              -- project number: a joint project has one number and is counted once
    project_level varchar,           -- NAT national, PROV provincial and ministerial, CITY, OWN, CONTRACT
    project_mechanism varchar,       -- OPEN open bid, ORDER commissioned order, RACE horse race, DIRECT, COMP; U not stated
    project_status varchar,          -- RUN under way, DONE completed, STOP terminated
    start_date date,                 -- start date
    end_date date,                   -- planned or actual completion; null where not stated
    participants_persons bigint,     -- participants, heads
    person_months decimal(18, 6),    -- person-months worked in the year
    participants_fte decimal(18, 6), -- person-years worked: person-months over 12
    funds_approved_wan decimal(18, 6), -- funds approved in total, 10,000 yuan
    funds_arrived_wan decimal(18, 6), -- funds arrived up to the end of the period, 10,000 yuan
    expense_wan decimal(18, 6),      -- expense of the year, 10,000 yuan
    expense_gov_wan decimal(18, 6)   -- of which from government funds
);
insert into core.rd_project
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.project_no, l.project_level, coalesce(l.project_mechanism, 'U'), l.project_status, l.start_date, l.end_date, l.participants_persons, l.person_months, cast(l.person_months / 12 as decimal(18, 6)), l.funds_approved_wan, l.funds_arrived_wan, l.expense_wan, l.expense_gov_wan
from landing.projects as l
join core.dim_return as r on r.form = 'projects' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
