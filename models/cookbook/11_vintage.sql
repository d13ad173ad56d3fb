-- 某日已知的研究开发费用 / R&D expense as known on a day
select p.period_year, sum(f.amount_wan) as known_wan from core.rd_expense as f
join core.return_span as s on s.return_id = f.return_id and s.known_from <= date '2025-06-30' and s.known_until > date '2025-06-30'
join core.dim_return as r on r.return_id = f.return_id
join core.dim_period as p on p.period_key = r.period_key and p.period_kind = 'year'
group by p.period_year order by 1;
