-- 各集团各期的回收率 / Response by form, group and period
select form, category as group_code, period, expected, accepted, missing, coverage_percent from published.coverage
where breakdown = 'group'
order by form, period, group_code;
