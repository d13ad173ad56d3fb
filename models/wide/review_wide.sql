-- grain: one row per explanation of a respondent, decision of a reviewer, correction or appeal: what was asked, answered and decided, in one place
--   subject: FINDING of the rules, CORRECTION of a cell, APPEAL against the evaluation
--   enterprise_code: enterprise that it is about
--   enterprise_name: its name in force last
--   group_code: head of its group
--   period: 2024, or 2026-09 for January to September; null for the register
--   period_year: calendar year
--   form: return form that it is about; null for an appeal
--   field: field of the form, or the indicator appealed against
--   problem_zh: what the rules found, in Chinese; null for corrections and appeals
--   problem_en: the same in English
--   old_value: value that a correction or an appeal is about; null for findings
--   new_value: value that it asks for
--   explanation: what the respondent said: in the column 说明, or as the reason of the correction or of the appeal
--   decision: EXPLAINED or OPEN while nobody has decided; ACCEPT, WAIVE, RETURN; APPROVED, REFUSED; UPHELD, PARTLY, REJECTED
--   reason: why it was decided so
--   decided_by: who decided; null while nobody has
--   decided_on: when
--   file_no: file that says it, as in core.file_account: of a decided correction that of the decision
--   source_row: row in that file
create view published.review_wide as
with verdict as (
    select e.enterprise_code, d.period_key, d.indicator, d.verdict, d.reason, d.decided_by, d.decided_on
    from core.evaluation_decision as d
    join core.dim_return as e on e.return_id = d.return_id
    where d.is_in_force
),
said as (
    select
        'FINDING' as subject, enterprise_code, period_key, form, field, problem_zh, problem_en, cast(null as decimal(18, 6)) as old_value,
        cast(null as decimal(18, 6)) as new_value, explanation, decision, reason, reviewer as decided_by, reviewed_on as decided_on, file_no, source_row
    from core.review
    union all
    select
        'CORRECTION', v.enterprise_code, c.period_key, c.corrected_form, c.corrected_field, null, null, c.old_value, c.new_value, c.reason, 'OPEN', null, null, null,
        c.file_no, c.source_row
    from core.correction as c
    join core.dim_return as v on v.return_id = c.return_id
    anti join core.correction_decision as d on d.is_in_force and d.enterprise_code = v.enterprise_code and d.period_key = c.period_key
        and d.corrected_form = c.corrected_form and d.corrected_field = c.corrected_field and d.old_value = c.old_value and d.new_value = c.new_value
    union all
    select
        'CORRECTION', enterprise_code, period_key, corrected_form, corrected_field, null, null, old_value, new_value, explanation, correction_verdict, reason,
        decided_by, decided_on, file_no, source_row
    from core.correction_decision
    where is_in_force
    union all
    select
        'APPEAL', v.enterprise_code, a.period_key, null, a.indicator, null, null, a.published_value, a.claimed_value, a.reason, coalesce(d.verdict, 'OPEN'), d.reason,
        d.decided_by, d.decided_on, v.file_no, a.source_row
    from core.evaluation_appeal as a
    join core.dim_return as v on v.return_id = a.return_id
    left join verdict as d on d.enterprise_code = v.enterprise_code and d.period_key = a.period_key and d.indicator = a.indicator
)
select
    s.subject, s.enterprise_code, e.enterprise_name, e.group_code, p.period, p.period_year, s.form, nullif(s.field, '') as field, s.problem_zh, s.problem_en,
    s.old_value, s.new_value, s.explanation, s.decision, s.reason, s.decided_by, s.decided_on, s.file_no, s.source_row
from said as s
left join published.dim_enterprise as e on e.enterprise_code = s.enterprise_code
left join core.dim_period as p on p.period_key = s.period_key;
