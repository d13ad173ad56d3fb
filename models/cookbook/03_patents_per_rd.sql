-- 每亿元研究开发费用的授权专利数 / Patents granted per 100 million yuan of R&D expense
select year(granted_on) as period_year, count(*) * 10000.0 / (select sum(rd_expense_wan) from published.rd_wide as r where r.period_year = year(p.granted_on)) as per_yi
from published.dim_patent as p where year(granted_on) >= 2020
group by year(granted_on) order by 1;
