-- 按本年重报的上年数计算的增速 / Growth against last year as re-reported
select period_year, value as growth_percent, numerator as this_year_wan, denominator as last_year_restated_wan
from published.figure where metric = 'rd_expense_yoy' and breakdown = 'total' and period_kind = 'year' and value is not null
order by 1;
