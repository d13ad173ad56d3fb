-- grain: one row per main amount, all enterprises together, and year whose figure could be told before the last one came: how far it has moved since, and why
-- key: metric, period_year
create table published.revision_cause (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    told_on date,                    -- day from which enough returns were in for a figure to be told
    told_value decimal(28, 6),       -- the figure of that day
    latest_value decimal(28, 6),     -- the figure now
    change decimal(28, 6),           -- latest less told
    change_percent decimal(28, 6),   -- the same in percent of what was told
    from_new_returns decimal(28, 6), -- of the change what late first returns brought
    from_replacements decimal(28, 6) -- of the change what returns brought that replace others
);
insert into published.revision_cause
with annual as (
    select metric, cast(period as integer) as period_year, vintage_no, as_of, value, from_new_returns, from_replacements, stage
    from published.vintage where breakdown = 'total' and length(period) = 4
),
told as (
    select metric, period_year, min(vintage_no) as told_no from annual where stage <> 'flash' group by all
)
select
    a.metric, a.period_year, max(a.as_of) filter (where a.vintage_no = t.told_no), max(a.value) filter (where a.vintage_no = t.told_no), arg_max(a.value, a.vintage_no),
    arg_max(a.value, a.vintage_no) - max(a.value) filter (where a.vintage_no = t.told_no),
    core.percent(arg_max(a.value, a.vintage_no) - max(a.value) filter (where a.vintage_no = t.told_no), max(a.value) filter (where a.vintage_no = t.told_no)),
    coalesce(sum(a.from_new_returns) filter (where a.vintage_no > t.told_no), 0), coalesce(sum(a.from_replacements) filter (where a.vintage_no > t.told_no), 0)
from annual as a
join told as t using (metric, period_year)
group by a.metric, a.period_year;
