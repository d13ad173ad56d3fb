-- grain: one row per amount (total, group), period and day on which what was known of it changed
-- key: metric, breakdown, category, period, vintage_no
create table published.vintage (
    metric varchar,                  -- what is measured
    breakdown varchar,               -- total or group; groups as they stand now
    category varchar,                -- member of the breakdown; all for total
    period varchar,                  -- period
    vintage_no integer,              -- 1 for what was known first, 2 for what came next …
    as_of date,                      -- day on which the returns behind the change were filled in
    value decimal(28, 6),            -- the amount as known on that day, until the next vintage
    revision decimal(28, 6),         -- value less that of the vintage before; null for the first
    revision_percent decimal(28, 6), -- the same in percent of the vintage before
    from_new_returns decimal(28, 6), -- of the revision what first returns brought: late ones, after the first vintage
    from_replacements decimal(28, 6), -- of the revision what returns brought that replace others, corrections among them, or were taken out
    stage varchar                    -- flash, preliminary, final or revised, as the returns in on that day make it
);
insert into published.vintage
with amounts as (
    select 'rd_expense' as metric, 'rd_spend' as form, return_id, amount_wan from core.rd_expense
    union all select 'rd_intramural', 'rd_spend', return_id, amount_wan from core.rd_intramural
    union all select 'revenue', 'finance', return_id, revenue_wan from core.finance
),
-- A return adds its amount on the first day on which it counts and takes it back on the first on which it counts no more.
spans as (
    select m.metric, r.enterprise_key, r.period_key, a.amount_wan, s.known_from, s.known_until, r.version_no
    from core.dim_return as r
    join core.return_span as s using (return_id)
    join (select distinct metric, form from amounts) as m using (form)
    join amounts as a on a.metric = m.metric and a.return_id = r.return_id
    where a.amount_wan is not null
),
changes as (
    select metric, enterprise_key, period_key, known_from as known_on, amount_wan as change, case when version_no = 1 then amount_wan else 0 end as new from spans
    union all
    select metric, enterprise_key, period_key, known_until, -amount_wan, 0 from spans where known_until < date '9999-12-31'
),
days as (
    select
        c.metric, p.period_kind, case grouping(d.group_code) when 1 then 'total' else 'group' end as breakdown, coalesce(d.group_code, 'all') as category,
        p.period, c.known_on, sum(c.change) as change, sum(c.new) as new
    from changes as c
    join core.dim_period as p using (period_key)
    join core.dim_enterprise as d on d.enterprise_key = c.enterprise_key
    group by grouping sets ((c.metric, p.period_kind, p.period, c.known_on), (c.metric, p.period_kind, p.period, c.known_on, d.group_code))
    having sum(c.change) <> 0
),
running as (
    select
        *, cast(row_number() over w as integer) as vintage_no, cast(sum(change) over w as decimal(28, 6)) as value
    from days
    window w as (partition by metric, breakdown, category, period order by known_on)
)
select
    r.metric, r.breakdown, r.category, r.period, r.vintage_no, r.known_on, r.value,
    case when r.vintage_no > 1 then cast(r.change as decimal(28, 6)) end, case when r.vintage_no > 1 then core.percent(r.change, r.value - r.change) end,
    case when r.vintage_no > 1 then cast(r.new as decimal(28, 6)) end, case when r.vintage_no > 1 then cast(r.change - r.new as decimal(28, 6)) end,
    case when r.known_on > s.final_on then 'revised' when r.known_on = s.final_on then 'final' when r.known_on >= s.preliminary_on then 'preliminary' else 'flash' end
from running as r
left join (select distinct metric, form from amounts) as m using (metric)
left join published.stage as s on s.form = m.form and s.period = r.period and s.period_kind = r.period_kind;
