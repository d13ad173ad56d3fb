-- 分行业费用科目 / Cost items by industry
select d.industry, f.cost_item, sum(f.amount_wan) as amount_wan
from fact.rd_cost as f join published.dim_enterprise as d using (enterprise_code)
where f.period = '2025'
group by d.industry, f.cost_item order by 1, 2;
