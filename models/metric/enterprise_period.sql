-- grain: one row per enterprise and period with a latest return of form rd_spend or finance
-- key: enterprise_code, period_key
create table metric.enterprise_period (
    enterprise_code varchar,         -- enterprise
    enterprise_key integer,          -- its stretch of history at the end of the period
    period_key integer,              -- period
    group_code varchar,              -- head of its group
    industry varchar,                -- industry, GB/T 4754
    city varchar,                    -- city, GB/T 2260
    sector varchar,                  -- IND industrial (sections B to D of GB/T 4754), REST other; null without an industry
    rd_expense_wan decimal(18, 6),   -- R&D expense total (basis B)
    rd_expense_prior_wan decimal(18, 6), -- the same of last year, as re-reported
    rd_intramural_wan decimal(18, 6), -- intramural R&D expenditure (basis C)
    rd_intramural_prior_wan decimal(18, 6), -- the same of last year, as re-reported
    revenue_wan decimal(18, 6),      -- operating revenue
    revenue_prior_wan decimal(18, 6), -- operating revenue of last year, as re-reported
    rd_personnel_fte decimal(18, 6), -- R&D personnel, full-time equivalent
    employees_persons bigint,        -- employees
    rd_spend_edition integer,        -- edition of the form that its spend was reported on
    finance_edition integer          -- edition of the form that its finance was reported on
);
insert into metric.enterprise_period
with returns as (
    select return_id, form, edition, enterprise_code, enterprise_key, period_key from core.dim_return
    where is_latest and form in ('rd_spend', 'finance')
),
joined as (
    select
        r.enterprise_code, r.period_key, max(r.enterprise_key) as enterprise_key,
        max(e.amount_wan) as rd_expense_wan, max(e.prior_amount_wan) as rd_expense_prior_wan, max(i.amount_wan) as rd_intramural_wan,
        max(i.prior_amount_wan) as rd_intramural_prior_wan,
        max(f.revenue_wan) as revenue_wan, max(f.revenue_prior_wan) as revenue_prior_wan,
        max(s.personnel_fte) as rd_personnel_fte, max(f.employees_persons) as employees_persons,
        max(r.edition) filter (where r.form = 'rd_spend') as rd_spend_edition, max(r.edition) filter (where r.form = 'finance') as finance_edition
    from returns as r
    left join core.rd_expense as e using (return_id)
    left join core.rd_intramural as i using (return_id)
    left join core.rd_personnel as s using (return_id)
    left join core.finance as f using (return_id)
    group by r.enterprise_code, r.period_key
)
select
    j.enterprise_code, j.enterprise_key, j.period_key, d.group_code, d.industry, d.city, case when d.industry is not null then case when left(d.industry, 1) in ('B', 'C', 'D') then 'IND' else 'REST' end end,
    j.rd_expense_wan, j.rd_expense_prior_wan, j.rd_intramural_wan, j.rd_intramural_prior_wan, j.revenue_wan, j.revenue_prior_wan, j.rd_personnel_fte, j.employees_persons,
    j.rd_spend_edition, j.finance_edition
from joined as j
join core.dim_enterprise as d on d.enterprise_key = j.enterprise_key;
