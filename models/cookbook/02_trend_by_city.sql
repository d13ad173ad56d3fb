-- 各市研发投入强度逐年趋势 / R&D intensity by city and year
select category as city, period_year, value from published.figure
where metric = 'rd_intensity' and breakdown = 'city' and period_kind = 'year' and value is not null
order by 1, 2;
