-- 各组织方式的项目经费及政府资金占比 / Project expense by mechanism and its government share
select period_year, project_mechanism, sum(p.expense_wan) as expense_wan, sum(p.expense_gov_wan) * 100 / sum(p.expense_wan) as government_percent
from published.project_wide as p
group by period_year, project_mechanism having sum(p.expense_wan) > 0 order by 1, 2;
