-- grain: one row per amount and year: what its change against the year before is made of; the parts sum to it exactly
-- key: metric, period_year
create table published.change (
    metric varchar,                  -- what is measured
    period_year integer,             -- year
    value_before decimal(28, 6),     -- total of the year before, as its own returns say
    value decimal(28, 6),            -- total of the year
    continuing decimal(28, 6),       -- enterprises with returns of both years: this year less last year as re-reported now; mergers and splits are followed
    restatement decimal(28, 6),      -- the same enterprises: last year as re-reported now less as returned then
    definition decimal(28, 6),       -- the same difference where the two returns were made on different editions of the form
    entrants decimal(28, 6),         -- enterprises that did not stand in the register at the end of the year before
    exits decimal(28, 6),            -- enterprises that do not stand in the register at the end of the year, less what they had
    non_response decimal(28, 6),     -- enterprises in the register that reported only one of the two years: what came back less what is missing now
    missing integer,                 -- enterprises in the register at the end of the year that have not reported the amount
    missing_before integer,          -- the same for the year before
    unshared_splits integer          -- splits made in the year of which the register gives no share: both sides count as one among the continuing
);
insert into published.change
-- Both years in the perimeter of the later one: whoever was taken over by its end counts with the enterprise that took it over,
-- and where a split has no share both sides count as one.
with carried as (
    select a.*, coalesce(j.unit_code, a.carrier_code) as unit_code
    from metric.carried_amount as a
    left join metric.joined_unit as j on j.perimeter_year = a.perimeter_year and j.base_year = a.perimeter_year - 1 and j.enterprise_code = a.carrier_code
    where a.period_year >= a.perimeter_year - 1
),
units as (
    select
        metric, perimeter_year, unit_code,
        sum(amount) filter (where period_year = perimeter_year) as now, sum(amount) filter (where period_year < perimeter_year) as before,
        -- Last year as re-reported now is known only where every return of this year states it.
        case when count(*) filter (where period_year = perimeter_year and prior_amount is null) = 0 then sum(prior_amount) filter (where period_year = perimeter_year) end as restated,
        min(edition) filter (where period_year = perimeter_year) is distinct from min(edition) filter (where period_year < perimeter_year)
            or max(edition) filter (where period_year = perimeter_year) is distinct from max(edition) filter (where period_year < perimeter_year) as is_redefined
    from carried
    group by all
),
years as (
    select metric, perimeter_year as period_year from metric.carried_amount group by all having bool_or(period_year = perimeter_year) and bool_or(period_year = perimeter_year - 1)
),
-- Who stands in the register at the end of a year, whatever he returned.
standing as (
    select distinct p.period_year, d.enterprise_code
    from core.dim_period as p
    join core.dim_enterprise as d on d.valid_from <= p.period_end and d.ends_on >= p.period_end and d.enterprise_level in ('G', 'S')
    where p.period_kind = 'year'
),
-- One line for each unit: what it adds to which part.
placed as (
    select
        u.metric, u.perimeter_year as period_year, coalesce(u.now, 0) as now, coalesce(u.before, 0) as before,
        case
            when u.now is null then case when n.is_absent_now or sn.enterprise_code is not null then 'non_response' else 'exits' end
            when u.before is null then case when n.is_absent_before or sb.enterprise_code is not null then 'non_response' else 'entrants' end
            when n.is_absent_now or n.is_absent_before and u.restated is null then 'non_response'
            else 'continuing'
        end as part,
        case when u.restated is null then 'none' when n.is_absent_before then 'non_response' when u.is_redefined then 'definition' else 'restatement' end as gap, u.restated
    from units as u
    left join metric.absent_unit as n on n.metric = u.metric and n.perimeter_year = u.perimeter_year and n.base_year = u.perimeter_year - 1 and n.unit_code = u.unit_code
    left join standing as sn on sn.period_year = u.perimeter_year and sn.enterprise_code = u.unit_code
    left join standing as sb on sb.period_year = u.perimeter_year - 1 and sb.enterprise_code = u.unit_code
),
parts as (
    select metric, period_year, now, before, part, now - case when part = 'continuing' then coalesce(restated, before) else before end as amount from placed
    union all
    select metric, period_year, 0, 0, gap, restated - before from placed where part = 'continuing' and gap <> 'none'
)
select
    p.metric, p.period_year, sum(before), sum(now),
    coalesce(sum(amount) filter (where part = 'continuing'), 0), coalesce(sum(amount) filter (where part = 'restatement'), 0), coalesce(sum(amount) filter (where part = 'definition'), 0),
    coalesce(sum(amount) filter (where part = 'entrants'), 0), coalesce(sum(amount) filter (where part = 'exits'), 0), coalesce(sum(amount) filter (where part = 'non_response'), 0),
    cast((select count(*) from metric.unreported as u where u.metric = p.metric and u.period_year = p.period_year) as integer),
    cast((select count(*) from metric.unreported as u where u.metric = p.metric and u.period_year = p.period_year - 1) as integer),
    cast((select count(*) from core.unshared_split as s where year(s.valid_from) = p.period_year) as integer)
from parts as p
join years as y using (metric, period_year)
group by all;
