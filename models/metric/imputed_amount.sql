-- grain: one row per amount, year and enterprise that owes the return, has sent none and falls under a rule of imputation: what is put in its place, or why nothing is
-- key: metric, period_key, enterprise_code
create table metric.imputed_amount (
    metric varchar,                  -- what is imputed
    period_key integer,              -- year
    enterprise_code varchar,         -- enterprise whose return is missing
    enterprise_key integer,          -- its stretch of history at the end of the year
    rule varchar,                    -- line of seed.imputation_rule
    outcome varchar,                -- IMPUTED, or why not; see seed.imputation_outcome
    industry varchar,                -- beginning of its industry code, as long as the rule says
    donors integer,                  -- enterprises of that industry that reported both years
    donors_now decimal(28, 6),       -- their sum of the year
    donors_before decimal(28, 6),    -- their sum of the year before
    last_amount decimal(28, 6),      -- what the enterprise reported for the year before
    amount decimal(28, 6)            -- last_amount times donors_now over donors_before; null where nothing is imputed
);
insert into metric.imputed_amount
-- Where several rules fit, the first.
with owed as (
    select min(r.rule) as rule, r.metric, o.period_key, o.enterprise_code, o.enterprise_key
    from seed.imputation_rule as r
    join core.obligation as o on o.form = case r.metric when 'revenue' then 'finance' else 'rd_spend' end and o.is_collected and not o.is_waived and not o.is_met
    join core.dim_period as p on p.period_key = o.period_key and p.period_kind = 'year'
        and p.period_year >= cast(r.from_year as integer) and (r.to_year is null or p.period_year <= cast(r.to_year as integer))
    join core.dim_enterprise as d on d.enterprise_key = o.enterprise_key
    where r.levels is null or position(';' || d.enterprise_level || ';' in ';' || r.levels || ';') > 0
    group by r.metric, o.period_key, o.enterprise_code, o.enterprise_key
),
ruled as (
    select
        o.rule, o.metric, o.period_key, o.enterprise_code, o.enterprise_key, cast(r.min_donors as integer) as min_donors, d.industry,
        left(d.industry, cast(r.industry_length as integer)) as beginning, p.period_year, cast(r.industry_length as integer) as industry_length
    from owed as o
    join seed.imputation_rule as r on r.rule = o.rule
    join core.dim_period as p on p.period_key = o.period_key
    join core.dim_enterprise as d on d.enterprise_key = o.enterprise_key
),
grown as (
    select rule, period_key, industry, cast(count(*) as integer) as donors, cast(sum(amount) as decimal(28, 6)) as donors_now, cast(sum(last_amount) as decimal(28, 6)) as donors_before
    from metric.imputation_donor group by rule, period_key, industry
),
judged as (
    select
        o.metric, o.period_key, o.enterprise_code, o.enterprise_key, o.rule, o.beginning, l.amount as last_amount, coalesce(g.donors, 0) as donors, g.donors_now, g.donors_before,
        case
            when l.amount is null then 'NO_LAST_YEAR' when c.enterprise_code is not null then 'SUCCESSION'
            when coalesce(length(o.industry), 0) < o.industry_length then 'NO_INDUSTRY' when coalesce(g.donors, 0) < o.min_donors then 'FEW_DONORS'
            when core.grown(l.amount, g.donors_now, g.donors_before) is null then 'NO_GROWTH' else 'IMPUTED'
        end as outcome
    from ruled as o
    left join metric.annual_amount as l on l.metric = o.metric and l.enterprise_code = o.enterprise_code and l.period_year = o.period_year - 1
    left join metric.changed_enterprise as c on c.enterprise_code = o.enterprise_code and c.period_year = o.period_year
    left join grown as g on g.rule = o.rule and g.period_key = o.period_key and g.industry = o.beginning
)
select
    metric, period_key, enterprise_code, enterprise_key, rule, outcome, beginning, donors, donors_now, donors_before, last_amount,
    case when outcome = 'IMPUTED' then core.grown(last_amount, donors_now, donors_before) end
from judged;
