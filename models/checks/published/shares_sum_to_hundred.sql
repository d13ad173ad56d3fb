-- 构成合计为 100% / shares sum to 100 percent
select metric, breakdown, period, sum(value) as total
from published.figure
where metric in ('rd_cost_share', 'rd_activity_share', 'rd_fund_share')
group by all
-- With a share that is not published there is less.
having count(value) > 0 and abs(sum(value) - 100) > 0.001 and not coalesce(bool_or(status = 'suppressed'), false);
