-- grain: one row per title, enterprise and year, with how long it still runs: who has to renew what
--   enterprise_code: enterprise
--   enterprise_name: its name at the end of the year
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   period_key: year, as in core.dim_period
--   period_year: calendar year
--   enterprise_title: title
--   title_zh: its name in Chinese
--   title_en: the same in English
--   title_certificate_no: number of the certificate that runs longest
--   valid_from: its first day
--   valid_to: its last day; null where it has no end
--   days_left: days from the end of the year to that day; negative once it is past, null where it has no end
--   standing: HELD; LAPSING: held, and ends within twelve months; LAPSED: ended in the year and not renewed
create view published.title_wide as
select
    t.enterprise_code, d.enterprise_name, d.group_code, d.group_name, t.period_key, p.period_year, t.enterprise_title, k.name_zh as title_zh, k.name_en as title_en,
    f.title_certificate_no, f.valid_from, t.valid_to, t.days_left, t.standing
from metric.title_standing as t
join core.dim_period as p on p.period_key = t.period_key
join core.dim_enterprise as d on d.enterprise_key = t.enterprise_key
join core.enterprise_title as f on f.return_id = t.return_id and f.source_row = t.source_row
left join seed.enterprise_title as k on k.code = t.enterprise_title;
