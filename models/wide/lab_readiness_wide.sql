-- grain: one row per laboratory, criterion of the level above and year, with what is met and what is missing
--   lab_no: laboratory number
--   lab_name: name of the laboratory
--   enterprise_code: enterprise that reports it
--   enterprise_name: its name at the end of the year
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   period_key: year, as in core.dim_period
--   period_year: calendar year
--   upgrade_criterion: criterion
--   criterion_zh: the same in Chinese
--   criterion_en: the same in English
--   criterion_state: MET, PART, MISSING
--   state_zh: the same in Chinese
--   state_en: the same in English
--   criterion_evidence: documents that show it
create view published.lab_readiness_wide as
select
    f.lab_no, f.lab_name, r.enterprise_code, d.enterprise_name, d.group_code, d.group_name, f.period_key, p.period_year, f.upgrade_criterion, c.name_zh as criterion_zh, c.name_en as criterion_en,
    f.criterion_state, s.name_zh as state_zh, s.name_en as state_en, f.criterion_evidence
from core.lab_readiness as f
join core.dim_return as r on r.return_id = f.return_id and r.is_latest
join core.dim_period as p on p.period_key = f.period_key and p.period_kind = 'year'
join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
left join seed.upgrade_criterion as c on c.code = f.upgrade_criterion
left join seed.criterion_state as s on s.code = f.criterion_state;
