-- grain: one row per award, year and unit of the register that reports it: count awards distinct
--   certificate_no: certificate number
--   period_key: year, as in core.dim_period
--   period_year: year
--   award_level: NAT national, PROV provincial and ministerial, IND, SOC
--   award_scheme: scheme
--   award_grade: S, 1, 2, 3, or N where the scheme has no grades
--   enterprise_code: unit
--   enterprise_name: its name at the end of the year
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   unit_rank: its rank among the awarded units
--   is_lead: it ranks first
create view published.award_unit_wide as
select
    f.certificate_no, f.period_key, f.period_year, f.award_level, f.award_scheme, f.award_grade, f.enterprise_code, d.enterprise_name, d.group_code, d.group_name,
    min(f.unit_rank) as unit_rank, bool_or(f.is_lead) as is_lead
from fact.award as f
join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
where f.period_kind = 'year'
group by all;
