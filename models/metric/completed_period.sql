-- grain: one row per enterprise and period with a latest return of form rd_spend or finance, or an imputed amount: what is reported, and where a rule says so what stands for a missing return
-- key: enterprise_code, period_key
create table metric.completed_period (
    enterprise_code varchar,         -- enterprise
    period_key integer,              -- period
    group_code varchar,              -- head of its group
    industry varchar,                -- industry, GB/T 4754
    city varchar,                    -- city, GB/T 2260
    sector varchar,                  -- IND industrial (sections B to D of GB/T 4754), REST other; null without an industry
    rd_expense_wan decimal(28, 6),   -- R&D expense total (basis B), reported or imputed
    rd_expense_prior_wan decimal(18, 6), -- that of last year, as re-reported; never imputed
    rd_intramural_wan decimal(28, 6), -- intramural R&D expenditure (basis C), reported or imputed
    rd_intramural_prior_wan decimal(18, 6), -- that of last year, as re-reported; never imputed
    revenue_wan decimal(28, 6),      -- operating revenue, reported or imputed
    revenue_prior_wan decimal(18, 6), -- that of last year, as re-reported; never imputed
    rd_personnel_fte decimal(28, 6), -- R&D personnel, full-time equivalent, reported or imputed
    imputed varchar                  -- which of them are imputed, separated by ;; null where all are reported
);
insert into metric.completed_period
with imputed as (
    select
        enterprise_code, period_key, enterprise_key, max(amount) filter (where metric = 'rd_expense') as rd_expense, max(amount) filter (where metric = 'rd_fte') as rd_fte,
        max(amount) filter (where metric = 'rd_intramural') as rd_intramural, max(amount) filter (where metric = 'revenue') as revenue
    from metric.imputed_amount where amount is not null group by enterprise_code, period_key, enterprise_key
)
select
    coalesce(e.enterprise_code, i.enterprise_code), coalesce(e.period_key, i.period_key), coalesce(e.group_code, d.group_code), coalesce(e.industry, d.industry), coalesce(e.city, d.city),
    coalesce(e.sector, case when d.industry is not null then case when left(d.industry, 1) in ('B', 'C', 'D') then 'IND' else 'REST' end end),
    coalesce(e.rd_expense_wan, i.rd_expense), e.rd_expense_prior_wan, coalesce(e.rd_intramural_wan, i.rd_intramural), e.rd_intramural_prior_wan,
    coalesce(e.revenue_wan, i.revenue), e.revenue_prior_wan, coalesce(e.rd_personnel_fte, i.rd_fte),
    nullif(
        substr(
            case when i.rd_expense is not null then ';rd_expense' else '' end || case when i.rd_fte is not null then ';rd_fte' else '' end
                || case when i.rd_intramural is not null then ';rd_intramural' else '' end || case when i.revenue is not null then ';revenue' else '' end,
            2
        ),
        ''
    )
from metric.enterprise_period as e
full join imputed as i on i.enterprise_code = e.enterprise_code and i.period_key = e.period_key
left join core.dim_enterprise as d on d.enterprise_key = i.enterprise_key;
