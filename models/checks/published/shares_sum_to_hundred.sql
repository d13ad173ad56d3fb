-- 构成合计为 100% / shares sum to 100 percent
select metric, breakdown, period, sum(value) as total
from published.figure
where metric in ('rd_cost_share', 'rd_activity_share', 'rd_fund_share') and value is not null
group by all
having abs(sum(value) - 100) > 0.001;
