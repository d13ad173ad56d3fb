-- grain: one row per line of the survey plan and period for which it asks a form, as far as the year of the last return
-- key: plan_line, period_key
create table core.survey_period (
    plan_line varchar,               -- line of the plan; see seed.survey_plan
    form varchar,                    -- return form
    period_key integer,              -- period
    is_owed boolean,                 -- true where each enterprise that is named owes it; false where it is sent by whoever has something to state
    due_on date                      -- day until which it is to be sent, before any extension
);
insert into core.survey_period
with line as (
    select
        plan_line, form, duty, period_kind, cast(from_year as integer) as from_year, cast(coalesce(to_year, '9999') as integer) as to_year,
        cast(months_after as integer) as months_after, cast(day as integer) as day, string_split(coalesce(months, '1-12'), ';') as spans
    from seed.survey_plan
    where duty in ('owed', 'if_any')
),
-- The months, 1-12 or 3;6;9;12.
span as (
    select plan_line, unnest(spans) as span from line
),
month_of as (
    select s.plan_line, m.month
    from span as s
    join (select cast(unnest(range(1, 13)) as integer) as month) as m
        on m.month between cast(split_part(s.span, '-', 1) as integer) and cast(coalesce(nullif(split_part(s.span, '-', 2), ''), s.span) as integer)
),
-- Nobody is asked for years of which nothing can have come yet.
last_year as (
    select greatest(coalesce(max(extract(year from filled_on)), 0), coalesce(max(stated_year), 0)) as period_year from landing.sheet
)
select
    l.plan_line, l.form, p.period_key, l.duty = 'owed',
    cast(date_trunc('month', p.period_end) + to_months(l.months_after) + to_days(l.day - 1) as date)
from line as l
join core.dim_period as p on p.period_kind = l.period_kind and p.period_year between l.from_year and least(l.to_year, (select period_year from last_year))
left join month_of as m on m.plan_line = l.plan_line and m.month = p.period_month
where l.period_kind = 'year' or m.month is not null;
