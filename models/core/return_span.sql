-- grain: one row per return: the days between which it counted
-- key: return_id
create table core.return_span (
    return_id bigint,                -- return
    known_from date,                 -- first day on which it counted
    known_until date                 -- first day on which it counted no more; 9999-12-31 while it counts
);
insert into core.return_span
-- A return counts from the day on which it was filled in, but not before those that it replaces.
with dated as (
    select
        return_id, form, enterprise_code, period_key, reporter_code, version_no, is_latest, (revision, coalesce(filled_on, date '1900-01-01'), file_sha256) as place,
        max(coalesce(filled_on, date '1900-01-01')) over (partition by form, enterprise_code, period_key order by version_no) as known_from
    from core.dim_return
),
replaced as (
    select return_id, lead(known_from) over (partition by form, enterprise_code, period_key order by version_no) as replaced_on from dated
),
file as (
    select distinct form, reporter_code, period_key, file_no, coalesce(filled_on, date '1900-01-01') as filled_on, (revision, coalesce(filled_on, date '1900-01-01'), file_sha256) as place
    from core.dim_return where reporter_code is not null
),
mentioned as (
    select form, file_no, enterprise_code, period_key from core.dim_return
    union
    select form, file_no, enterprise_code, period_key from core.faulty_return
),
-- Taken out by the first later file of its reporter that mentions the enterprise no more.
taken_out as (
    select o.return_id, min(greatest(o.known_from, f.filled_on)) as taken_out_on
    from dated as o
    join file as f on f.form = o.form and f.reporter_code = o.reporter_code and f.period_key = o.period_key and f.place > o.place
    anti join mentioned as m on m.form = f.form and m.file_no = f.file_no and m.enterprise_code = o.enterprise_code and m.period_key = o.period_key
    where not o.is_latest
    group by all
)
select
    d.return_id, d.known_from,
    case when d.is_latest then date '9999-12-31' else least(coalesce(r.replaced_on, date '9999-12-31'), coalesce(t.taken_out_on, date '9999-12-31')) end
from dated as d
join replaced as r using (return_id)
left join taken_out as t using (return_id);
