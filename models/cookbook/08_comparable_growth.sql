-- 可比口径的研究开发费用增速 / Growth of R&D expense in the comparable perimeter
select period_year, value, (value - lag(value) over (order by period_year)) * 100 / lag(value) over (order by period_year) as growth_percent
from published.figure
where metric = 'rd_expense_comparable' and breakdown = 'total' and period_kind = 'year' and value is not null
order by 1;
