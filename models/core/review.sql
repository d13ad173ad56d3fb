-- grain: one row per finding of the rules that was explained, or on which a reviewer decided
-- key: file_no, sheet_no, source_row, rule, field
create table core.review (
    file_no integer,                 -- file that the finding is about, in the order of landing
    sheet_no integer,                -- sheet in the file
    source_row bigint,               -- row as a person sees it in the file
    rule varchar,                    -- rule in the catalogue, V01 …
    field varchar,                   -- field at which the finding points
    form varchar,                    -- return form of the row
    enterprise_code varchar,         -- enterprise that the row is about
    period_key integer,              -- period that the row is about; null for the register
    severity varchar,                -- what the finding counts as since: note, or warning and error where it still stands
    problem_zh varchar,              -- what was found, in Chinese; null where the finding no longer stands
    problem_en varchar,              -- the same in English
    explanation varchar,             -- what the respondent wrote in the row's column 说明
    decision varchar,                -- EXPLAINED by the respondent and not judged yet; ACCEPT, WAIVE or RETURN by a reviewer
    reason varchar,                  -- the reviewer's reason
    reviewer varchar,                -- who decided; null for an explanation that nobody has judged
    reviewed_on date,                -- when
    is_applied boolean               -- false for a decision on a finding that no longer stands
);
insert into core.review
with decided as (
    select f.file_no, s.sheet_no, r.finding_row, r.finding_code, y.field, r.decision, r.reason, r.reviewer, r.reviewed_on
    from landing.review as r
    join landing.file as own on own.file_no = r.file_no
    join landing.file as f on f.sha256 = lower(r.file_hash)
    join landing.sheet as s on s.file_no = f.file_no and s.sheet_name is not distinct from r.finding_sheet
    left join landing.layout as y on y.file_no = s.file_no and y.sheet_no = s.sheet_no and y.heading = r.finding_heading
    anti join core.rejected_row as x on x.file_no = r.file_no and x.sheet_no = r.sheet_no and x.source_row = r.source_row
    qualify row_number() over (partition by f.file_no, s.sheet_no, r.finding_row, r.finding_code, y.field order by r.reviewed_on desc, own.sha256 desc, r.source_row desc) = 1
),
judged as (
    select
        file_no, sheet_no, source_row, code, coalesce(field, '') as field, min(severity) as severity, min(problem_zh) as problem_zh, min(problem_en) as problem_en,
        min(explanation) as explanation, min(decision) as decision, min(reason) as reason, min(reviewer) as reviewer, min(reviewed_on) as reviewed_on, true as is_applied
    from landing.finding
    where origin <> 'read' and decision is not null
    group by all
    union all
    select d.file_no, d.sheet_no, d.finding_row, d.finding_code, coalesce(d.field, ''), null, null, null, null, d.decision, d.reason, d.reviewer, d.reviewed_on, false
    from decided as d
    anti join landing.finding as x on x.origin <> 'read' and x.decision is not null and x.file_no = d.file_no and x.sheet_no = d.sheet_no and x.source_row = d.finding_row
        and x.code = d.finding_code and x.field is not distinct from d.field
)
select
    j.file_no, j.sheet_no, j.source_row, j.code, j.field, l.form, l.enterprise_code, p.period_key, j.severity, j.problem_zh, j.problem_en, j.explanation, j.decision,
    j.reason, j.reviewer, j.reviewed_on, j.is_applied
from judged as j
left join landing.any_row as l using (file_no, sheet_no, source_row)
left join core.dim_period as p on p.period_year = l.period_year and p.period_month is not distinct from l.period_month and p.period_kind in ('year', 'ytd');
