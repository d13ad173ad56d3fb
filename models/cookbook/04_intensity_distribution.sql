-- 企业研发投入强度的分布 / Distribution of R&D intensity over enterprises
select period_year, quantile_cont(rd_expense_wan / revenue_wan * 100, [0.25, 0.5, 0.75]) as quartiles, count(*) as enterprises
from published.rd_wide where revenue_wan > 0 and rd_expense_wan is not null
group by period_year order by 1;
