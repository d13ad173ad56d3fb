-- grain: one row per period: a year, or the months from January to a month (year to date)
-- key: period_key
create table core.dim_period (
    period_key integer,              -- year * 1000 + months * 10 + kind (0 year, 3 year to date)
    period_year integer,             -- calendar year
    period_month integer,            -- last month covered; null for a whole year
    period_kind varchar,             -- year, or ytd (cumulative from January)
    period varchar,                  -- 2024, or 2026-09 for January to September 2026
    period_end date                  -- last day of the period
);
insert into core.dim_period
with years as (select cast(unnest(range(1990, 2041)) as integer) as period_year)
select period_year * 1000, period_year, null, 'year', cast(period_year as varchar), make_date(period_year, 12, 31)
from years
union all
select
    period_year * 1000 + month * 10 + 3, period_year, month, 'ytd',
    period_year || '-' || lpad(cast(month as varchar), 2, '0'), last_day(make_date(period_year, month, 1))
from years, (select cast(unnest(range(1, 13)) as integer) as month) as months;
