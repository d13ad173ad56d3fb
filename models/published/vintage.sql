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
    stage varchar                    -- flash, preliminary, final or revised, as the returns in on that day make it
);
insert into published.vintage
with amounts as (
    select 'rd_expense' as metric, 'rd_spend' as form, return_id, amount_wan from core.rd_expense
    union all select 'rd_intramural', 'rd_spend', return_id, amount_wan from core.rd_intramural
    union all select 'revenue', 'finance', return_id, revenue_wan from core.finance
),
-- A return that no longer states an amount has taken it back: it is there with 0.
versions as (
    select
        m.metric, r.enterprise_code, r.enterprise_key, r.period_key, r.version_no, r.is_latest, coalesce(a.amount_wan, 0) as amount_wan,
        coalesce(r.filled_on, date '1900-01-01') as filled_on, max(coalesce(r.filled_on, date '1900-01-01')) over (partition by r.form, r.reporter_code, r.period_key) as last_of_reporter
    from core.dim_return as r
    join (select distinct metric, form from amounts) as m using (form)
    left join amounts as a on a.metric = m.metric and a.return_id = r.return_id
),
-- A version is known from the day on which it was filled in, but not before those that it replaces.
dated as (
    select
        *, max(filled_on) over w as known_on, amount_wan - coalesce(lag(amount_wan) over w, 0) as change,
        lead(version_no) over w is null and not bool_or(is_latest) over (partition by metric, enterprise_code, period_key) as is_taken_out
    from versions
    window w as (partition by metric, enterprise_code, period_key order by version_no)
),
changes as (
    select metric, enterprise_key, period_key, known_on, change from dated
    union all
    -- Taken out by a later file of the reporter that does not mention the enterprise.
    select metric, enterprise_key, period_key, greatest(known_on, last_of_reporter), -amount_wan from dated where is_taken_out
),
days as (
    select
        c.metric, p.period_kind, case grouping(d.group_code) when 1 then 'total' else 'group' end as breakdown, coalesce(d.group_code, 'all') as category,
        p.period, c.known_on, sum(c.change) as change
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
    case when r.known_on > s.final_on then 'revised' when r.known_on = s.final_on then 'final' when r.known_on >= s.preliminary_on then 'preliminary' else 'flash' end
from running as r
left join (select distinct metric, form from amounts) as m using (metric)
left join published.stage as s on s.form = m.form and s.period = r.period and s.period_kind = r.period_kind;
