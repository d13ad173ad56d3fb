-- 八项费用之和＝研究开发费用合计（允许舍入误差） / the eight cost items sum to the R&D expense, within rounding
select e.return_id, e.amount_wan, sum(c.amount_wan) as items_wan
from core.rd_expense as e
join core.rd_cost as c using (return_id)
group by all
having abs(e.amount_wan - sum(c.amount_wan)) > 4.5;
