-- 某日已知的研究开发费用 / R&D expense as known on a day
select r.period_year, sum(f.amount_wan) as known_wan
from core.rd_expense as f join published.return_wide as r using (return_id)
where r.period_kind = 'year' and date '2025-06-30' >= r.known_from and date '2025-06-30' < r.known_until
group by r.period_year order by 1;
