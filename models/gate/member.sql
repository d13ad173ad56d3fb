-- What each published figure adds up, contribution by contribution, for the amounts that a rule protects: one row per figure, side and contribution.
-- It is read off the lineage, so that a new metric made of a protected amount is known here without a word. Runs where seeds/disclosure_rule.csv has a rule.
-- The year before as it is reported again counts as the amount of that year: a reader takes one for the other.
create temp table gate_member as
with named as (
    select distinct r.rule, c.fact, c.field
    from seed.disclosure_rule as r
    join (select metric, side, fact, field from lineage.amount union all select metric, side, fact, field from lineage.structure) as c on c.metric = r.metric and c.side = 'value'
),
cells as (
    select c.*, n.rule, n.field as amount_field, contains(c.field, '_prior_') as is_prior
    from lineage.figure_cell as c
    join named as n on n.fact = c.fact and n.field = replace(c.field, '_prior_', '_')
    where c.amount is not null
),
-- The parts of an amount sum to it: whoever is told all parts of some enterprises is told their amounts. One part is taken for all.
told as (
    select metric, breakdown, category, period_key, side, rule, fact, amount_field, is_prior, return_id, amount from cells
    union all
    select c.metric, c.breakdown, c.category, c.period_key, c.side, c.rule, e.fact, e.field, false, e.return_id, e.amount
    from cells as c
    join (values ('core.rd_cost', 'expense_total_wan'), ('core.rd_activity', 'intramural_total_wan'), ('core.rd_funding', 'intramural_total_wan')) as w (fact, field) on w.fact = c.fact
    join lineage.enterprise_cell as e on e.return_id = c.return_id and e.field = w.field
)
select distinct
    c.metric || case p.period_kind when 'ytd' then '_ytd' else '' end || ':' || c.breakdown || ':' || c.category || ':' || p.period as figure_id,
    c.side, c.rule, c.fact || ' ' || a.period as problem, c.breakdown,
    c.amount_field || '|' || r.enterprise_code as variable, r.enterprise_code as respondent, c.is_prior, c.amount
from told as c
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = c.period_key
join core.dim_period as a on a.period_key = r.period_key - case when c.is_prior then 1000 else 0 end;
