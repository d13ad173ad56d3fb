-- 各组织方式的项目经费及政府资金占比 / Project expense by mechanism and its government share
select period_year, project_mechanism, sum(expense_wan) as expense_wan, sum(expense_gov_wan) * 100 / sum(expense_wan) as government_percent
from published.project_wide
group by period_year, project_mechanism having sum(expense_wan) > 0 order by 1, 2;
