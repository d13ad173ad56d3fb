-- grain: one row per R&D project as it was reported last, however many enterprises carry it; facts join on project_no
--   project_no: project number
--   project_level: NAT national, PROV provincial and ministerial, CITY, OWN, CONTRACT
--   project_level_zh: level in Chinese
--   project_mechanism: OPEN, ORDER, RACE, DIRECT, COMP; U not stated
--   project_mechanism_zh: mechanism in Chinese
--   project_status: RUN, DONE, STOP
--   project_status_zh: status in Chinese
--   start_date: start date
--   end_date: planned or actual completion
--   first_year: first year for which it was reported
--   last_year: last year for which it was reported
--   enterprises: enterprises that carry it in that year
create view published.dim_project as
with spans as (select project_no, min(period_year) as first_year, max(period_key) as period_key, max(period_year) as last_year from fact.rd_project group by project_no),
projects as (
    select
        f.project_no, min(f.project_level) as project_level, min(f.project_mechanism) as project_mechanism, min(f.project_status) as project_status, min(f.start_date) as start_date, max(f.end_date) as end_date,
        s.first_year, s.last_year, cast(count(distinct f.enterprise_code) as integer) as enterprises
    from fact.rd_project as f
    join spans as s using (project_no, period_key)
    group by f.project_no, s.first_year, s.last_year
)
select
    p.project_no, p.project_level, l.name_zh as project_level_zh, p.project_mechanism, m.name_zh as project_mechanism_zh, p.project_status, t.name_zh as project_status_zh,
    p.start_date, p.end_date, p.first_year, p.last_year, p.enterprises
from projects as p
left join seed.project_level as l on l.code = p.project_level
left join seed.project_mechanism as m on m.code = p.project_mechanism
left join seed.project_status as t on t.code = p.project_status;
