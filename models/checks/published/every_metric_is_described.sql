-- 每个数字的指标与分类都有说明 / every figure has its metric and category described
select distinct f.metric, f.breakdown, f.category
from published.figure as f
left join published.metric as m using (metric)
left join published.category as c on c.breakdown = f.breakdown and c.category = f.category
where m.metric is null or c.category is null;
