-- grain: one row per R&D project and year, however many enterprises carry it: count rows, and the money is the sum of all who carry it
--   project_no: project number
--   period_key: year, as in core.dim_period
--   period_year: year
--   project_level: NAT national, PROV provincial and ministerial, CITY, OWN, CONTRACT
--   project_mechanism: OPEN, ORDER, RACE, DIRECT, COMP; U not stated
--   project_status: RUN, DONE, STOP
--   start_date: start date
--   end_date: planned or actual completion
--   enterprises: enterprises that carry it
--   funds_approved_wan: funds approved in total, 10,000 yuan
--   funds_arrived_wan: funds arrived up to the end of the year, 10,000 yuan
--   expense_wan: expense of the year, 10,000 yuan
--   expense_gov_wan: of which from government funds
--   person_months: person-months worked in the year
create view published.project_wide as
select
    project_no, period_key, period_year, min(project_level) as project_level, min(project_mechanism) as project_mechanism, min(project_status) as project_status, min(start_date) as start_date, max(end_date) as end_date,
    cast(count(distinct enterprise_code) as integer) as enterprises, sum(funds_approved_wan) as funds_approved_wan, sum(funds_arrived_wan) as funds_arrived_wan,
    sum(expense_wan) as expense_wan, sum(expense_gov_wan) as expense_gov_wan, sum(person_months) as person_months
from fact.rd_project
where period_kind = 'year'
group by project_no, period_key, period_year;
