-- grain: one row per award, however many units report it; facts join on certificate_no
--   certificate_no: certificate number
--   period_year: year of the award: the first for which it was reported
--   award_level: NAT national, PROV provincial and ministerial, IND, SOC
--   award_level_zh: level in Chinese
--   award_scheme: scheme
--   award_scheme_zh: scheme in Chinese
--   award_grade: S, 1, 2, 3, or N where the scheme has no grades
--   is_lead: a unit of the register ranks first
--   best_unit: name of the unit that ranks highest among those that report it
--   group_name: its group
--   units_in_register: units of the register that report it
--   unit_count: number of awarded units
create view published.dim_award as
select
    a.certificate_no, min(p.period_year) as period_year, any_value(a.award_level) as award_level, any_value(l.name_zh) as award_level_zh, any_value(a.award_scheme) as award_scheme, any_value(s.name_zh) as award_scheme_zh,
    any_value(a.award_grade) as award_grade, bool_or(a.is_lead) as is_lead, arg_min(d.enterprise_name, (a.unit_rank, r.enterprise_code)) as best_unit, arg_min(d.group_name, (a.unit_rank, r.enterprise_code)) as group_name,
    cast(count(distinct r.enterprise_code) as integer) as units_in_register, max(a.unit_count) as unit_count
from core.award as a
join core.dim_return as r on r.return_id = a.return_id and r.is_latest
join core.dim_period as p on p.period_key = a.period_key and p.period_kind = 'year'
join core.dim_enterprise as d on d.enterprise_key = a.enterprise_key
left join seed.award_level as l on l.code = a.award_level
left join seed.award_scheme as s on s.code = a.award_scheme
group by a.certificate_no;
