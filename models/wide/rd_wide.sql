-- grain: one row per enterprise and year with its spend, sources, finance and staff side by side; cost items, types and sources are three splits of which none is added to another
--   enterprise_code: enterprise
--   enterprise_name: its name at the end of the year
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   industry: industry, GB/T 4754
--   industry_zh: name of the industry in Chinese
--   city: city, GB/T 2260
--   city_zh: name of the city in Chinese
--   period_year: year
--   rd_expense_wan: R&D expense total (basis B), in 10,000 yuan
--   cost_personnel_wan: of which personnel
--   cost_direct_input_wan: of which direct input
--   cost_rest_wan: of which the other six cost items
--   rd_intramural_wan: intramural R&D expenditure (basis C, never added to basis B)
--   basic_wan: of which basic research
--   applied_wan: of which applied research
--   experimental_wan: of which experimental development
--   fund_government_wan: of which from government, central and local
--   fund_enterprise_wan: of which from enterprises
--   fund_rest_wan: of which from abroad, non-profit and other sources
--   revenue_wan: operating revenue, in 10,000 yuan
--   rd_personnel_fte: R&D personnel, full-time equivalent
--   employees_persons: employees
--   is_synthetic: rests on constructed sample data
create view published.rd_wide as
with latest as (
    select return_id, enterprise_code, period_key, is_synthetic from core.dim_return where is_latest and form = 'rd_spend'
),
cost as (
    select
        return_id, sum(amount_wan) filter (where field = 'cost_personnel_wan') as cost_personnel_wan, sum(amount_wan) filter (where field = 'cost_direct_input_wan') as cost_direct_input_wan,
        sum(amount_wan) filter (where field not in ('cost_personnel_wan', 'cost_direct_input_wan')) as cost_rest_wan
    from core.rd_cost group by all
),
activity as (
    select
        return_id, sum(amount_wan) filter (where field = 'activity_basic_wan') as basic_wan, sum(amount_wan) filter (where field = 'activity_applied_wan') as applied_wan,
        sum(amount_wan) filter (where field = 'activity_experimental_wan') as experimental_wan
    from core.rd_activity group by all
),
fund as (
    select
        return_id, sum(amount_wan) filter (where fund_source in ('GOV_C', 'GOV_L')) as fund_government_wan, sum(amount_wan) filter (where fund_source = 'BES') as fund_enterprise_wan,
        sum(amount_wan) filter (where fund_source not in ('GOV_C', 'GOV_L', 'BES')) as fund_rest_wan
    from core.rd_funding group by all
)
select
    e.enterprise_code, d.enterprise_name, e.group_code, d.group_name, e.industry, i.name_zh as industry_zh, d.city, c.name_zh as city_zh, p.period_year,
    e.rd_expense_wan, cost.cost_personnel_wan, cost.cost_direct_input_wan, cost.cost_rest_wan,
    e.rd_intramural_wan, activity.basic_wan, activity.applied_wan, activity.experimental_wan, fund.fund_government_wan, fund.fund_enterprise_wan, fund.fund_rest_wan,
    e.revenue_wan, e.rd_personnel_fte, e.employees_persons, (select is_synthetic from published.release) as is_synthetic
from metric.enterprise_period as e
join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
join core.dim_enterprise as d on d.enterprise_key = e.enterprise_key
left join latest as r on r.enterprise_code = e.enterprise_code and r.period_key = e.period_key
left join cost on cost.return_id = r.return_id
left join activity on activity.return_id = r.return_id
left join fund on fund.return_id = r.return_id
left join seed.industry as i on i.code = e.industry
left join seed.city as c on c.code = d.city;
