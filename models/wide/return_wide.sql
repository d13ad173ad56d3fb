-- grain: one row per return with its enterprise, deadline and the days between which it counted: response, lateness and "as of a day" of every form, group and month
--   return_id: return
--   form: return form
--   enterprise_code: enterprise that it is about
--   enterprise_name: its name at the end of the period
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   period_key: period
--   period: 2024, or 2026-09 for January to September
--   period_year: calendar year
--   period_kind: year, or ytd
--   version_no: 1 for the first return about this enterprise and period, 2 for the next
--   is_latest: counts today
--   filled_on: day on which it was filled in
--   due_on: day on which it was due, extended where that was granted; null where the survey plan names none
--   days_late: days from the due day to the day on which it was filled in; 0 where it was in time, null where no day was named
--   known_from: first day on which it counted
--   known_until: first day on which it counted no more; 9999-12-31 while it counts
create view published.return_wide as
select
    r.return_id, r.form, r.enterprise_code, d.enterprise_name, d.group_code, d.group_name, r.period_key, p.period, p.period_year, p.period_kind, r.version_no, r.is_latest,
    r.filled_on, coalesce(o.due_on, l.due_on) as due_on,
    cast(case when r.filled_on > coalesce(o.due_on, l.due_on) then r.filled_on - coalesce(o.due_on, l.due_on) when coalesce(o.due_on, l.due_on) is not null then 0 end as integer) as days_late, s.known_from, s.known_until
from core.dim_return as r
join core.return_span as s using (return_id)
join core.dim_period as p using (period_key)
join core.dim_enterprise as d on d.enterprise_key = r.enterprise_key
left join core.obligation as o on o.form = r.form and o.period_key = r.period_key and o.enterprise_code = r.enterprise_code
left join (select form, period_key, min(due_on) as due_on from core.survey_period group by all) as l on l.form = r.form and l.period_key = r.period_key;
