-- 没有研究开发费用的企业 / Enterprises without any R&D expense
select period_year, count(*) filter (where rd_expense_wan = 0) as zero, count(*) filter (where rd_expense_wan is null) as not_stated, count(*) as enterprises
from published.rd_wide
group by period_year order by 1;
