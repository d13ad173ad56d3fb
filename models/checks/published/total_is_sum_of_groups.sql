-- 可加指标：合计＝各集团之和 / additive metrics: the total is the sum over groups
select t.metric, t.period, t.value, sum(g.value) as groups_value
from published.figure as t
join published.metric as m using (metric)
join published.figure as g on g.metric = t.metric and g.period = t.period and g.period_kind = t.period_kind and g.breakdown = 'group'
where t.breakdown = 'total' and m.additive and t.value is not null
group by all
-- Groups that are not published are in the total all the same.
having t.value <> sum(g.value) and not coalesce(bool_or(g.status = 'suppressed'), false);
