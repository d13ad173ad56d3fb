-- grain: one row per return in force that flags the figures made of it
-- key: return_id
create table published.return_flag (
    return_id bigint,                -- return; see core.dim_return
    is_provisional boolean,          -- it is cumulative, or somebody who owes its form for the period has not reported
    is_incomplete boolean,           -- somebody who owes its form for the period has not reported
    is_revised boolean,              -- it replaced another after the figures of its period were final
    is_divided boolean               -- its enterprise was split later: a part of its amounts stands elsewhere by a share of the register
);
insert into published.return_flag
with missing as (
    select distinct form, period_key from core.obligation where is_collected and not is_waived and not is_met
),
divided as (
    select distinct enterprise_code, period_year from metric.carried_amount where share < 1
),
-- What nobody owes is final as soon as nobody is waited for any more.
closing as (
    select max(cast(closes_after_months as integer)) as months from seed.release_stage where stage = 'final'
),
flagged as (
    select
        r.return_id, p.period_kind = 'ytd' or m.form is not null as is_provisional, m.form is not null as is_incomplete,
        r.version_no > 1 and coalesce(r.filled_on > case when s.form is not null then s.final_on else p.period_end + to_months(c.months) end, false) as is_revised,
        d.enterprise_code is not null and p.period_kind = 'year' as is_divided
    from core.dim_return as r
    join core.dim_period as p using (period_key)
    cross join closing as c
    left join missing as m on m.form = r.form and m.period_key = r.period_key
    left join published.stage as s on s.form = r.form and s.period = p.period and s.period_kind = p.period_kind
    left join divided as d on d.enterprise_code = r.enterprise_code and d.period_year = p.period_year
    where r.is_latest
)
select * from flagged where is_provisional or is_revised or is_divided;
