-- grain: one row per day: joins the day of an event to its month, quarter and year, and to each of their periods
--   day: day; joins any date of a fact, such as event_date
--   period_year: calendar year
--   quarter: quarter, 1 to 4
--   month: month, 1 to 12
--   quarter_name: 2024Q1
--   month_name: 2024-03
--   period_key: key of the year in core.dim_period
--   quarter_period_key: key of the quarter there
--   month_period_key: key of the month there
--   ytd_period_key: key of January to that month there
create view published.dim_date as
with days as (select cast(unnest(generate_series(date '1990-01-01', date '2040-12-31', interval 1 day)) as date) as day)
select
    day, cast(year(day) as integer) as period_year, cast(quarter(day) as integer) as quarter, cast(month(day) as integer) as month,
    year(day) || 'Q' || quarter(day) as quarter_name, strftime(day, '%Y-%m') as month_name,
    cast(year(day) * 1000 as integer) as period_key, cast(year(day) * 1000 + quarter(day) * 30 + 2 as integer) as quarter_period_key,
    cast(year(day) * 1000 + month(day) * 10 + 1 as integer) as month_period_key, cast(year(day) * 1000 + month(day) * 10 + 3 as integer) as ytd_period_key
from days;
