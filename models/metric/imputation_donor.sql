-- grain: one row per rule of imputation, year and enterprise that reported both the year and the year before: whoever the growth of an industry is taken from
-- key: rule, period_key, enterprise_code
create table metric.imputation_donor (
    rule varchar,                    -- line of seed.imputation_rule
    metric varchar,                  -- what is imputed
    period_key integer,              -- year
    industry varchar,                -- beginning of its industry code, as long as the rule says
    enterprise_code varchar,         -- enterprise that reported both years
    amount decimal(28, 6),           -- its amount of the year
    last_amount decimal(28, 6)       -- its amount of the year before, as reported then
);
insert into metric.imputation_donor
select r.rule, r.metric, p.period_key, left(n.industry, cast(r.industry_length as integer)), n.enterprise_code, n.amount, b.amount
from seed.imputation_rule as r
join metric.annual_amount as n on n.metric = r.metric and n.period_year >= cast(r.from_year as integer) and (r.to_year is null or n.period_year <= cast(r.to_year as integer))
join metric.annual_amount as b on b.metric = n.metric and b.enterprise_code = n.enterprise_code and b.period_year = n.period_year - 1
join core.dim_period as p on p.period_year = n.period_year and p.period_kind = 'year'
left join metric.changed_enterprise as c on c.enterprise_code = n.enterprise_code and c.period_year = n.period_year
where length(n.industry) >= cast(r.industry_length as integer) and c.enterprise_code is null;
