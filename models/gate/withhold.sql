-- What other published tables would tell of a protected amount. Runs after them, where seeds/disclosure_rule.csv has a rule.
-- Vintages and revisions tell what single returns moved, the parts of a change what a few entrants or exits have: both are withheld for a protected amount.
delete from published.vintage where metric in (select metric from seed.disclosure_rule);
delete from published.revision where metric in (select metric from seed.disclosure_rule);
delete from published.revision_summary where metric in (select metric from seed.disclosure_rule);
delete from published.revision_by_stage where metric in (select metric from seed.disclosure_rule);
delete from published.revision_cause where metric in (select metric from seed.disclosure_rule);
delete from published.change where metric in (select metric from seed.disclosure_rule);

-- A contribution is the difference of two figures; one that is suppressed has counted as nought.
delete from published.contribution as c
where exists (
    select 1 from published.figure as f
    where f.metric = c.metric and f.breakdown = c.breakdown and f.category = c.category and f.period_kind = 'year' and f.period_year in (c.period_year, c.period_year - 1) and f.status = 'suppressed'
);

-- Coverage weighs those who are missing by their last revenue: of one of them it tells it.
update published.coverage set missing_revenue_wan = null, coverage_percent = null
where missing > 0 and exists (select 1 from seed.disclosure_rule where metric = 'revenue');
update published.figure set coverage_percent = null
where missing > 0 and exists (select 1 from seed.disclosure_rule where metric = 'revenue');
