-- grain: one row per patent, however many owners report it; facts join on application_no
--   application_no: application number with its check digit
--   patent_type: I invention, U utility model, D design
--   patent_type_zh: type in Chinese
--   first_owner_code: register code of the first owner by the last event; null where it is not in the register
--   enterprise_name: name of the first owner in force last
--   group_code: head of its group, in force last
--   group_name: name of the head of the group in force last
--   owner_count: number of owners
--   filed_on: day of the filing, where it was reported
--   granted_on: day of the grant, where it was reported
--   last_event: last event that was reported
--   last_event_on: day of that event
create view published.dim_patent as
with patents as (
    select
        e.application_no, any_value(e.patent_type) as patent_type, arg_max(e.first_owner_code, (e.event_date, e.event, coalesce(e.first_owner_code, ''))) as first_owner_code,
        max(e.owner_count) as owner_count, min(e.event_date) filter (where e.event = 'FILE') as filed_on, min(e.event_date) filter (where e.event = 'GRANT') as granted_on,
        arg_max(e.event, (e.event_date, e.event)) as last_event, max(e.event_date) as last_event_on
    from core.patent_event as e
    semi join (select return_id from core.dim_return where is_latest) using (return_id)
    group by e.application_no
)
select
    p.application_no, p.patent_type, t.name_zh as patent_type_zh, p.first_owner_code, d.enterprise_name, d.group_code, d.group_name,
    p.owner_count, p.filed_on, p.granted_on, p.last_event, p.last_event_on
from patents as p
left join seed.patent_type as t on t.code = p.patent_type
join core.dim_enterprise as d on d.enterprise_code = coalesce(p.first_owner_code, '(outside)') and d.is_current;
