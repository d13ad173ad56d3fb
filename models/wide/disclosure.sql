-- grain: one row per metric of which figures are not published to keep data confidential, with the rule
--   metric: what is measured
--   name_zh: name in Chinese
--   name_en: name in English
--   rule: rule of disclosure control by which amounts of it are protected; null where it is only made from such amounts
--   figures: figures of the metric that exist, those of single enterprises aside
--   suppressed: of which not published
--   by_rule: of which because a rule forbids them
--   by_link: of which because others could be reckoned from them
--   suppressed_percent: figures not published in percent of those that exist
--   threshold: enterprises from which on a figure may be published; null without such a rule
--   dominance_n: largest enterprises that together may not have too much; null without such a rule
--   dominance_k_percent: the share that they may not exceed in percent
--   p_percent: how closely in percent of the largest the second largest enterprise may not know it; null without such a rule
--   range_percent: how closely in percent nobody may reckon a protected amount
create view published.disclosure as
with counted as (
    select
        f.metric, count(*) as figures, count(s.figure_id) as suppressed, count(s.figure_id) filter (where s.reason = 'primary') as by_rule,
        count(s.figure_id) filter (where s.reason <> 'primary') as by_link
    from published.figure as f
    left join seed.suppressed_figure as s using (figure_id)
    where f.breakdown <> 'enterprise' and f.status <> 'missing'
    group by f.metric
    having count(s.figure_id) > 0
)
select
    c.metric, m.name_zh, m.name_en, r.rule, cast(c.figures as integer) as figures, cast(c.suppressed as integer) as suppressed, cast(c.by_rule as integer) as by_rule,
    cast(c.by_link as integer) as by_link, core.percent(c.suppressed, c.figures) as suppressed_percent, cast(r.threshold as integer) as threshold, cast(r.dominance_n as integer) as dominance_n,
    cast(r.dominance_k_percent as decimal(9, 4)) as dominance_k_percent, cast(r.p_percent as decimal(9, 4)) as p_percent, cast(r.range_percent as decimal(9, 4)) as range_percent
from counted as c
join published.metric as m using (metric)
left join seed.disclosure_rule as r on r.metric = replace(c.metric, '_ytd', '');
