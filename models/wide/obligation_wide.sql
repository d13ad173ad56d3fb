-- grain: one row per form, period and enterprise that owes it by the survey plan, with the state of its return: who has sent what, who is to be reminded
--   form: return form
--   form_zh: its name in Chinese
--   form_en: its name in English
--   period_key: period
--   period: 2024, or 2026-09 for January to September
--   period_year: calendar year
--   period_kind: year, or ytd
--   period_end: last day of the period
--   enterprise_code: enterprise that owes it
--   enterprise_name: its name at the end of the period
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   due_on: day until which it is to be sent, extended where that was granted
--   is_extended: true where more time was granted
--   exception_reason: why more time was granted or the return waived
--   is_collected: true where returns of the period have begun to come
--   state: accepted, refused (it came and cannot be taken), waived, or missing
--   is_received: true where a return came, in force or not
--   is_warned: true where an accepted return has warnings that nobody has explained
--   first_filled_on: day on which the first return that could be read was filled in; null where none came
--   days_late: days from the due day to that one; 0 where it was in time, null where none came
--   last_revenue_wan: last annual revenue accepted up to that year, in 10,000 yuan: how much a missing return weighs
--   plan_line: line of the survey plan
create view published.obligation_wide as
with sent as (
    select form, enterprise_code, period_key, min(filled_on) as first_filled_on from core.dim_return group by all
),
faulty as (
    select f.form, f.enterprise_code, f.period_key, bool_or(f.rejected_rows > 0) as is_refused, bool_or(f.open_warnings > 0 and coalesce(r.is_latest, false)) as is_warned
    from core.faulty_return as f
    left join core.dim_return as r on r.form = f.form and r.enterprise_code = f.enterprise_code and r.period_key = f.period_key and r.file_no = f.file_no and r.sheet_no = f.sheet_no
    group by all
),
revenue as (
    select e.enterprise_code, p.period_year, e.revenue_wan
    from metric.enterprise_period as e
    join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
    where e.revenue_wan is not null
),
weighed as (
    select o.form, o.period_key, o.enterprise_code, max_by(v.revenue_wan, v.period_year) as last_revenue_wan
    from core.obligation as o
    join core.dim_period as p using (period_key)
    join revenue as v on v.enterprise_code = o.enterprise_code and v.period_year <= p.period_year
    group by all
)
select
    o.form, f.name_zh as form_zh, f.name_en as form_en, o.period_key, p.period, p.period_year, p.period_kind, p.period_end,
    o.enterprise_code, d.enterprise_name, d.group_code, d.group_name, o.due_on, o.is_extended, o.exception_reason, o.is_collected,
    case when o.is_met then 'accepted' when x.is_refused then 'refused' when o.is_waived then 'waived' else 'missing' end as state,
    s.form is not null or x.is_refused is not null as is_received, o.is_met and coalesce(x.is_warned, false) as is_warned, s.first_filled_on,
    cast(greatest(s.first_filled_on - o.due_on, case when s.first_filled_on is not null then 0 end) as integer) as days_late, w.last_revenue_wan, o.plan_line
from core.obligation as o
join seed.form as f using (form)
join core.dim_period as p using (period_key)
join core.dim_enterprise as d on d.enterprise_key = o.enterprise_key
left join sent as s on s.form = o.form and s.enterprise_code = o.enterprise_code and s.period_key = o.period_key
left join faulty as x on x.form = o.form and x.enterprise_code = o.enterprise_code and x.period_key = o.period_key
left join weighed as w on w.form = o.form and w.enterprise_code = o.enterprise_code and w.period_key = o.period_key;
