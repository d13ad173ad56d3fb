-- grain: one row per amount and year: what its change against the year before is made of; the parts sum to it exactly
-- key: metric, period_year
create table published.change (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    value_before decimal(28, 6),     -- total of the year before, as its own returns say
    value decimal(28, 6),            -- total of the year
    continuing decimal(28, 6),       -- enterprises with returns of both years: this year less last year as re-reported now; merged ones are followed
    restatement decimal(28, 6),      -- the same enterprises: last year as re-reported now less as returned then
    entrants decimal(28, 6),         -- enterprises without a return of the year before
    exits decimal(28, 6)             -- enterprises without a return of the year, less what they had
);
insert into published.change
with recursive merger as (
    select distinct replace(trim(code), ' ', '') as enterprise_code, successor, valid_from
    from (
        select unnest(string_split(replace(predecessor_codes, '；', ';'), ';')) as code, enterprise_code as successor, valid_from
        from core.dim_enterprise where change_kind = 'MERGE'
    )
    where replace(trim(code), ' ', '') <> successor
),
amounts as (
    select item.metric, p.period_year, p.period_end, e.enterprise_code, item.amount, item.prior_amount
    from metric.enterprise_period as e
    join core.dim_period as p using (period_key)
    cross join lateral (
        values
            ('rd_expense', cast(e.rd_expense_wan as decimal(28, 6)), cast(e.rd_expense_prior_wan as decimal(28, 6))),
            ('revenue', e.revenue_wan, e.revenue_prior_wan)
    ) as item (metric, amount, prior_amount)
    where p.period_kind = 'year' and item.amount is not null
),
years as (
    select distinct now.metric, now.period_year, now.period_end
    from amounts as now join amounts as before on before.metric = now.metric and before.period_year = now.period_year - 1
),
-- Both years in the perimeter of the later one: whoever was merged by its end counts with the enterprise that took it over.
followed as (
    select y.metric, y.period_year, y.period_end, a.period_year = y.period_year as is_now, a.enterprise_code, a.enterprise_code as code, a.amount, a.prior_amount, 0 as depth
    from years as y
    join amounts as a on a.metric = y.metric and a.period_year in (y.period_year, y.period_year - 1)
    union all
    select f.metric, f.period_year, f.period_end, f.is_now, f.enterprise_code, m.successor, f.amount, f.prior_amount, f.depth + 1
    from followed as f
    join merger as m on m.enterprise_code = f.code and m.valid_from <= f.period_end
    where f.depth < 10
    qualify row_number() over (partition by f.metric, f.period_year, f.is_now, f.enterprise_code order by m.valid_from, m.successor) = 1
),
units as (
    select
        metric, period_year, code,
        sum(amount) filter (where is_now) as now, sum(amount) filter (where not is_now) as before,
        -- Last year as re-reported now is known only where every return of this year states it.
        case when count(*) filter (where is_now and prior_amount is null) = 0 then sum(prior_amount) filter (where is_now) end as restated
    from followed as f
    where not exists (select 1 from merger as m where m.enterprise_code = f.code and m.valid_from <= f.period_end) or f.depth = 10
    group by all
)
select
    metric, period_year, coalesce(sum(before), 0), coalesce(sum(now), 0),
    coalesce(sum(now - coalesce(restated, before)) filter (where before is not null), 0),
    coalesce(sum(coalesce(restated, before) - before) filter (where now is not null), 0),
    coalesce(sum(now) filter (where before is null), 0),
    coalesce(-sum(before) filter (where now is null), 0)
from units
group by all;
