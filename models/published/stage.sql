-- grain: one row per form that is owed and period: the days on which its figures became flash, preliminary, final and revised
-- key: form, period, period_kind
create table published.stage (
    form varchar,                    -- return form
    period varchar,                  -- period
    period_kind varchar,             -- year, or ytd (cumulative from January)
    expected integer,                -- enterprises that owe it by the survey plan; without those excused
    accepted integer,                -- of which have ever had a return accepted
    flash_on date,                   -- day on which the first of them was filled in
    preliminary_on date,             -- day from which enough of them were in; null before
    final_on date,                   -- day from which all were in, or none was waited for any more; null before, and for months
    revised_on date,                 -- day of the last return that has replaced another since; null where none has
    stage varchar                    -- where the period stands: flash, preliminary, final or revised
);
insert into published.stage
with rule as (
    select
        max(cast(from_percent as double)) filter (where stage = 'preliminary') as preliminary_percent,
        max(cast(from_percent as double)) filter (where stage = 'final') as final_percent, max(cast(closes_after_months as integer)) filter (where stage = 'final') as months
    from seed.release_stage
),
owed as (
    select form, period_key, enterprise_code from core.obligation where is_collected and not is_waived
),
periods as (
    select distinct r.form, p.period_key, p.period, p.period_kind, p.period_end
    from core.dim_return as r
    semi join owed as o on o.form = r.form and o.period_key = r.period_key
    join core.dim_period as p on p.period_key = r.period_key
),
-- The first return of each enterprise; without a fill date it counts from the end of the period on.
arrived as (
    select form, period_key, filled_on, row_number() over (partition by form, period_key order by filled_on, enterprise_code) as place
    from (
        select r.form, r.period_key, r.enterprise_code, min(coalesce(r.filled_on, p.period_end)) as filled_on
        from core.dim_return as r
        join core.dim_period as p using (period_key)
        semi join owed as o on o.form = r.form and o.period_key = r.period_key and o.enterprise_code = r.enterprise_code
        group by all
    )
),
counted as (
    select
        p.*, cast((select count(*) from owed as o where o.form = p.form and o.period_key = p.period_key) as integer) as expected, cast(count(a.place) as integer) as accepted,
        min(a.filled_on) as flash_on, cast(p.period_end + to_months((select months from rule)) as date) as closes_on
    from periods as p
    left join arrived as a on a.form = p.form and a.period_key = p.period_key
    group by all
),
dated as (
    select
        c.*,
        (select min(a.filled_on) from arrived as a where a.form = c.form and a.period_key = c.period_key and a.place * 100.0 >= c.expected * (select preliminary_percent from rule)) as enough_on,
        case when c.period_kind = 'year' then least(
            (select min(a.filled_on) from arrived as a where a.form = c.form and a.period_key = c.period_key and a.place * 100.0 >= c.expected * (select final_percent from rule)),
            case when c.closes_on <= (select max(filled_on) from core.dim_return) then c.closes_on end) end as final_on
    from counted as c
),
revised as (
    select d.*, max(r.filled_on) as revised_on
    from dated as d
    left join core.dim_return as r on r.form = d.form and r.period_key = d.period_key and r.version_no > 1 and r.filled_on > d.final_on
    group by all
)
select
    form, period, period_kind, expected, accepted, flash_on, least(enough_on, final_on), final_on, revised_on,
    case when revised_on is not null then 'revised' when final_on is not null then 'final' when enough_on is not null then 'preliminary' else 'flash' end
from revised;
