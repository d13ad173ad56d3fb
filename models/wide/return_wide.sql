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
--   due_on: day on which it was due
--   days_late: days from the due day to the day on which it was filled in; 0 where it was in time
--   known_from: first day on which it counted
--   known_until: first day on which it counted no more; 9999-12-31 while it counts
create view published.return_wide as
with dated as (
    select
        r.*, p.period, p.period_year, p.period_kind, cast(last_day(cast(p.period_end + to_months(cast(l.months_after as integer) - 1) as date)) + cast(l.day as integer) as date) as due_on,
        max(coalesce(r.filled_on, date '1900-01-01')) over (partition by r.form, r.enterprise_code, r.period_key order by r.version_no) as known_from,
        max(coalesce(r.filled_on, date '1900-01-01')) over (partition by r.form, r.reporter_code, r.period_key) as last_of_reporter
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    left join seed.deadline as l on l.period_kind = p.period_kind
),
spans as (
    select *, lead(known_from) over (partition by form, enterprise_code, period_key order by version_no) as replaced_on from dated
)
select
    s.return_id, s.form, s.enterprise_code, d.enterprise_name, d.group_code, d.group_name, s.period_key, s.period, s.period_year, s.period_kind, s.version_no, s.is_latest,
    s.filled_on, s.due_on, cast(greatest(s.filled_on - s.due_on, 0) as integer) as days_late, s.known_from,
    case when s.is_latest then date '9999-12-31' else coalesce(s.replaced_on, greatest(s.known_from, s.last_of_reporter)) end as known_until
from spans as s
join core.dim_enterprise as d on d.enterprise_key = s.enterprise_key;
