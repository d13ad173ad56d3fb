-- grain: one row per form, period and enterprise that owes it by the survey plan: until when, and whether a return of it is in force
-- key: form, period_key, enterprise_code
create table core.obligation (
    form varchar,                    -- return form
    period_key integer,              -- period
    enterprise_code varchar,         -- enterprise that stands in the register at the end of the period
    enterprise_key integer,          -- its stretch of history on that day
    plan_line varchar,               -- line of the plan by which it owes it; see seed.survey_plan
    due_on date,                     -- day until which it is to be sent, extended where that was granted
    is_extended boolean,             -- true where more time was granted
    is_waived boolean,               -- true where the return was waived and none has come: it is not expected, and not counted as missing
    exception_reason varchar,        -- why more time was granted or the return waived
    is_collected boolean,            -- true from the first return on: of a year in which one of the forms owed has come, all are; of a month, the form itself
    is_met boolean                   -- true where a return is in force; false where it is missing
);
insert into core.obligation
with asked as (
    select s.plan_line, s.form, s.period_key, s.due_on, p.period, p.period_year, p.period_kind, coalesce(p.period_month, 12) as last_month, p.period_end, l.levels, l.industries, l.titles, l.groups, l.holders_of
    from core.survey_period as s
    join core.dim_period as p using (period_key)
    join seed.survey_plan as l using (plan_line)
    where s.is_owed
),
title_held as (
    select distinct d.enterprise_code, t.enterprise_title, t.valid_from, coalesce(t.valid_to, date '9999-12-31') as valid_to
    from core.enterprise_title as t
    join core.dim_return as r on r.return_id = t.return_id and r.is_latest
    join core.dim_enterprise as d on d.enterprise_key = t.enterprise_key
),
listed as (
    select distinct r.form, r.enterprise_code, p.period_year, case p.period_kind when 'year' then 1 else p.period_month end as from_month
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    where r.is_latest
),
-- A condition that is empty lets everybody in.
owing as (
    select a.form, a.period_key, a.period, a.period_year, a.period_kind, d.enterprise_code, d.enterprise_key, d.group_code, min(a.due_on) as due_on, arg_min(a.plan_line, (a.due_on, a.plan_line)) as plan_line
    from asked as a
    join core.dim_enterprise as d on d.valid_from <= a.period_end and d.ends_on >= a.period_end and d.enterprise_key > 0
    left join title_held as t on contains(';' || a.titles || ';', ';' || t.enterprise_title || ';') and t.enterprise_code = d.enterprise_code and a.period_end between t.valid_from and t.valid_to
    left join listed as h on h.form = a.holders_of and h.enterprise_code = d.enterprise_code and h.period_year = a.period_year and h.from_month <= a.last_month
    where (a.levels is null or contains(';' || a.levels || ';', ';' || d.enterprise_level || ';'))
        and (a.industries is null or regexp_matches(d.industry, '^(' || replace(a.industries, ';', '|') || ')'))
        and (a.groups is null or contains(';' || a.groups || ';', ';' || d.group_code || ';'))
        and (a.titles is null or t.enterprise_code is not null)
        and (a.holders_of is null or h.enterprise_code is not null)
    group by all
),
excepted as (
    select
        o.form, o.period_key, o.enterprise_code, bool_or(x.kind = 'WAIVER') as is_waived, max(cast(x.due_on as date)) filter (where x.kind = 'EXTENSION') as due_on,
        string_agg(x.reason, '；' order by x.exception) as reason
    from owing as o
    join seed.survey_exception as x on (x.form = o.form or x.form = '*') and x.period = o.period and case x.scope when 'GROUP' then x.code = o.group_code else x.code = o.enterprise_code end
    group by all
),
came as (
    select distinct r.form, r.period_key, p.period_year, p.period_kind
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    semi join core.survey_period as s on s.is_owed and s.form = r.form and s.period_key = r.period_key
    where r.is_latest
),
begun as (
    select distinct s.form, s.period_key
    from core.survey_period as s
    join core.dim_period as p using (period_key)
    join came as c on case p.period_kind when 'year' then c.period_kind = 'year' and c.period_year = p.period_year else c.form = s.form and c.period_key = s.period_key end
)
select
    o.form, o.period_key, o.enterprise_code, o.enterprise_key, o.plan_line, greatest(o.due_on, x.due_on), coalesce(x.due_on > o.due_on, false), coalesce(x.is_waived, false) and r.form is null, x.reason,
    b.form is not null, r.form is not null
from owing as o
left join excepted as x on x.form = o.form and x.period_key = o.period_key and x.enterprise_code = o.enterprise_code
left join begun as b on b.form = o.form and b.period_key = o.period_key
left join core.dim_return as r on r.is_latest and r.form = o.form and r.period_key = o.period_key and r.enterprise_code = o.enterprise_code;
