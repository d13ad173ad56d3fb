-- grain: one row per ratio with patents in it, side and return with events that it counts
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: numerator or denominator
--   return_id: return that the events stand in
create view lineage.patent_ratio_source as
with counts as (
    select * from lineage.patent_count_source where metric in ('patents_filed', 'patents_granted')
    union all
    select * from lineage.patent_stock_source
),
shares (metric, counted) as (
    values ('invention_share_filed', 'patents_filed'), ('invention_share_granted', 'patents_granted'), ('invention_share_in_force', 'patents_in_force')
)
select s.metric, 'total' as breakdown, 'all' as category, c.period_key, case c.breakdown when 'total' then 'denominator' else 'numerator' end as side, c.return_id
from counts as c join shares as s on s.counted = c.metric
where c.breakdown = 'total' or c.breakdown = 'patent_type' and c.category = 'I'
union all
select r.metric, r.breakdown, r.category, r.period_key, 'numerator', c.return_id
from metric.patent_ratio as r
join counts as c on c.metric = 'patents_granted' and c.breakdown = 'total' and c.period_key = r.period_key
where r.metric = 'patents_per_100m_rd';
