-- grain: one row per metric: its names, unit, basis and definition
-- key: metric
create table published.metric (
    metric varchar,                  -- identifier
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English
    unit varchar,                    -- unit of the values
    unit_zh varchar,                 -- unit in Chinese
    unit_en varchar,                 -- unit in English
    decimals integer,                -- decimals to print
    additive boolean,                -- true where values of a breakdown may be summed
    definition_zh varchar,           -- definition in Chinese
    definition_en varchar,           -- definition in English
    basis_zh varchar,                -- basis in Chinese
    basis_en varchar,                -- basis in English
    perimeter varchar,               -- as_was: the enterprises of each year; comparable: those of the last year, cast back
    sort_order integer               -- order in lists
);
insert into published.metric
with kinds as (
    select m.*, k.suffix, k.zh, k.en, k.more_zh, k.more_en
    from seed.metric as m
    join (values
        ('', '', '', '', ''),
        ('_ytd', '（年初至当月累计）', ', year to date', '；自1月起累计', '; cumulative from January')
    ) as k (suffix, zh, en, more_zh, more_en)
        on k.suffix = '' or m.metric in ('rd_expense', 'rd_intramural', 'revenue', 'rd_intensity', 'rd_expense_yoy', 'rd_intramural_yoy', 'revenue_yoy', 'rd_expense_prior_restated', 'rd_cost_share', 'rd_activity_share', 'rd_fund_share', 'rd_fte', 'rd_expense_per_fte', 'rd_cr4', 'rd_hhi')
)
select
    k.metric || k.suffix, k.name_zh || k.zh, k.name_en || k.en, k.unit, u.name_zh, u.name_en, cast(k.decimals as integer), cast(k.additive as boolean),
    k.definition_zh || k.more_zh, k.definition_en || k.more_en, k.basis_zh, k.basis_en,
    case when ends_with(k.metric, '_comparable') then 'comparable' else 'as_was' end, cast(k.sort_order as integer) * 10 + case k.suffix when '' then 0 else 1 end
from kinds as k
join seed.unit as u on u.unit = k.unit;
