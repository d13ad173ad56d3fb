-- 某日已知的研究开发费用 / R&D expense as known on a day
select period_year, sum(amount_wan) as known_wan
from fact.rd_expense_as_of(date '2025-06-30')
where period_kind = 'year'
group by period_year order by 1;
