-- grain: one row per period: a year, a quarter, a month, or the months from January to a month (year to date)
-- key: period_key
create table core.dim_period (
    period_key integer,              -- year * 1000 + last month * 10 + kind (0 year, 1 month, 2 quarter, 3 year to date); a year has month 0
    period_year integer,             -- calendar year
    period_month integer,            -- last month covered; null for a whole year
    period_quarter integer,          -- quarter of the last month covered; null for a whole year
    period_kind varchar,             -- year, ytd (cumulative from January: what the forms report), quarter or month
    period varchar,                  -- 2024, 2024Q3, or 2024-09 for the month and for January to September
    period_start date,               -- first day of the period
    period_end date                  -- last day of the period
);
insert into core.dim_period
with years as (select cast(unnest(range(1990, 2041)) as integer) as period_year),
months as (
    select period_year, month, cast(ceil(month / 3) as integer) as quarter, period_year || '-' || lpad(cast(month as varchar), 2, '0') as name, make_date(period_year, month, 1) as first_day
    from years, (select cast(unnest(range(1, 13)) as integer) as month)
)
select period_year * 1000, period_year, null, null, 'year', cast(period_year as varchar), make_date(period_year, 1, 1), make_date(period_year, 12, 31)
from years
union all
select period_year * 1000 + month * 10 + 1, period_year, month, quarter, 'month', name, first_day, last_day(first_day) from months
union all
select period_year * 1000 + month * 10 + 2, period_year, month, quarter, 'quarter', period_year || 'Q' || quarter, make_date(period_year, month - 2, 1), last_day(first_day)
from months where month % 3 = 0
union all
select period_year * 1000 + month * 10 + 3, period_year, month, quarter, 'ytd', name, make_date(period_year, 1, 1), last_day(first_day) from months;
