-- 研发人员占从业人员的比重 / R&D personnel over employees
select period_year, sum(rd_personnel_fte) * 100 / sum(employees_persons) as percent
from published.rd_wide where rd_personnel_fte is not null and employees_persons > 0
group by period_year order by 1;
