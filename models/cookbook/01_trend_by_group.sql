-- 各集团研究开发费用逐年趋势 / R&D expense by group and year
select category as group_code, period_year, value from published.figure
where metric = 'rd_expense' and breakdown = 'group' and period_kind = 'year' and value is not null
order by 1, 2;
