-- grain: one row per figure some of whose cells carry a flag: the union of their flags, in whatever order they stand
-- key: metric, breakdown, category, period_key
create table published.figure_flag (
    metric varchar,                  -- what is measured, as in the tables of schema metric
    breakdown varchar,               -- total, or the dimension that is broken down
    category varchar,                -- member of the breakdown; all for total
    period_key integer,              -- period
    is_imputed boolean,              -- an imputed amount is among what it is made of
    is_estimated boolean,            -- an amount counts in part, by the share of a split
    is_provisional boolean,          -- a cell of another period stands in a return that is_provisional; what its own period says is told in published.figure
    is_incomplete boolean,           -- a cell of another period stands in a return that is_incomplete
    is_revised boolean,              -- a cell stands in a return that is_revised, or was corrected
    imputed_percent decimal(28, 6)   -- imputed amounts in percent of all, of a ratio on the side that has more of them; null where none is
);
insert into published.figure_flag
with marked as (
    select f.return_id, r.period_key, cast(null as bigint) as source_row, cast(null as varchar) as field, f.is_provisional, f.is_incomplete, f.is_revised, f.is_divided, false as is_base
    from published.return_flag as f join core.dim_return as r using (return_id)
    union all
    select x.return_id, r.period_key, x.source_row, x.field, false, false, true, false, false
    from core.corrected_cell as x join core.dim_return as r using (return_id) where r.is_latest
    union all
    select distinct r.return_id, r.period_key, cast(null as bigint), cast(null as varchar), false, false, false, false, true
    from metric.imputed_amount as i
    join core.dim_return as r on r.is_latest and r.enterprise_code = i.enterprise_code and r.period_key = i.period_key - 1000
    where i.amount is not null
),
-- What is provisional or incomplete in the figure's own period its own response says already: most cells need not be looked at.
flagged as (
    select
        c.metric, c.breakdown, c.category, c.period_key, bool_or(m.is_base and c.fact = 'metric.imputed_amount') as is_imputed,
        bool_or(m.is_divided and c.weight is null and (ends_with(c.metric, '_comparable') or ends_with(c.metric, '_cagr'))) as is_estimated,
        bool_or(m.is_provisional and c.period_key <> m.period_key) as is_provisional, bool_or(m.is_incomplete and c.period_key <> m.period_key) as is_incomplete, bool_or(m.is_revised) as is_revised
    from lineage.figure_source as c
    join marked as m on m.return_id = c.return_id and (m.source_row is null or m.source_row = c.source_row and m.field = c.field)
        and (c.period_key <> m.period_key or m.is_revised or m.is_divided or m.is_base)
    group by all
),
sides as (
    select c.metric, c.breakdown, c.category, c.period_key, core.percent(sum(abs(c.amount)) filter (where c.fact = 'metric.imputed_amount'), sum(abs(c.amount))) as percent
    from (select * from lineage.amount union all select * from lineage.ratio union all select * from lineage.concentration union all select * from lineage.patent_ratio_spend) as c
    semi join (select * from flagged where is_imputed) as f on f.metric = c.metric and f.breakdown = c.breakdown and f.category = c.category and f.period_key = c.period_key
    where c.side in ('value', 'numerator', 'denominator') and c.amount is not null
    group by c.metric, c.breakdown, c.category, c.period_key, c.side
),
imputed as (
    select metric, breakdown, category, period_key, max(percent) as imputed_percent from sides group by all
)
select f.*, i.imputed_percent
from flagged as f
left join imputed as i using (metric, breakdown, category, period_key)
where f.is_imputed or f.is_estimated or f.is_provisional or f.is_incomplete or f.is_revised;
