-- The sums behind the figures, and which of them the rules forbid. A problem is one amount of one period: all figures that add it up are linked in it.
create temp table gate_variable as
select problem, variable, any_value(rule) as rule, any_value(respondent) as respondent, cast(arg_min(amount, is_prior) as decimal(28, 6)) as amount from gate_member group by problem, variable;

-- Figures that add the same contributions are one sum: who hides one of them must hide all.
create temp table gate_side as
select problem, figure_id, side, breakdown, md5(string_agg(variable, chr(10) order by variable)) as members
from (select distinct problem, figure_id, side, breakdown, variable from gate_member) group by all;

create temp table gate_sum as
select problem, members, cast(row_number() over (order by problem, members) - 1 as integer) as sum_no, figure_id, side
from (select problem, members, min(figure_id) as figure_id, arg_min(side, figure_id) as side from gate_side group by all);

create temp table gate_figure as
select distinct f.figure_id, f.breakdown, s.sum_no from gate_side as f join gate_sum as s using (problem, members);

create temp table gate_sum_variable as
select distinct s.sum_no, s.problem, m.variable from gate_sum as s join gate_member as m using (problem, figure_id, side);

-- Contributions that stand in the same sums cannot be told apart by any of them: together they are one unknown of the attacker.
create temp table gate_atom_variable as
select problem, variable, cast(dense_rank() over (order by problem, sums) - 1 as integer) as atom_no
from (select problem, variable, string_agg(sum_no, ',' order by sum_no) as sums from gate_sum_variable group by all);

create temp table gate_sum_atom as
select distinct s.sum_no, a.atom_no from gate_sum_variable as s join gate_atom_variable as a using (problem, variable);

create temp table gate_respondent as
select a.atom_no, a.problem, v.respondent, sum(v.amount) as amount from gate_atom_variable as a join gate_variable as v using (problem, variable) group by all;

-- Sums and unknowns are judged alike: what a reader can reckon is as good as printed. Amounts of nought contribute nothing.
create temp table gate_cell as
with part as (
    select 'sum' as kind, sum_no as no, problem, variable from gate_sum_variable
    union all
    select 'atom', atom_no, problem, variable from gate_atom_variable
),
contributed as (
    select p.kind, p.no, p.problem, any_value(v.rule) as rule, v.respondent, sum(v.amount) as amount
    from part as p join gate_variable as v using (problem, variable)
    where v.amount <> 0
    group by p.kind, p.no, p.problem, v.respondent
),
ranked as (select *, row_number() over (partition by kind, no order by amount desc, respondent) as place from contributed),
rule as (
    select
        rule, cast(threshold as integer) as threshold, cast(dominance_n as integer) as n, cast(dominance_k_percent as decimal(28, 6)) as k,
        cast(p_percent as decimal(28, 6)) as p, cast(range_percent as decimal(28, 6)) as range
    from seed.disclosure_rule
),
measured as (
    select
        c.kind, c.no, c.problem, c.rule, r.threshold, r.k, r.p, r.range, cast(sum(c.amount) as decimal(28, 6)) as value, cast(count(*) as integer) as respondents,
        cast(sum(c.amount) filter (where c.place = 1) as decimal(28, 6)) as first, cast(coalesce(sum(c.amount) filter (where c.place = 2), 0) as decimal(28, 6)) as second,
        cast(sum(c.amount) filter (where c.place <= r.n) as decimal(28, 6)) as largest
    from ranked as c join rule as r using (rule)
    group by all
),
-- For each rule that forbids the sum, how far from its value a reader must be kept.
judged as (
    select
        *, case when respondents < threshold then value * range * 0.01 end as by_threshold,
        case when largest * 100 > k * value then core.quotient(largest * 100, k) - value end as by_dominance,
        case when (value - first - second) * 100 < p * first then first * p * 0.01 - (value - first - second) end as by_p_percent
    from measured
)
select
    kind, no, problem, rule, value, respondents,
    case when by_threshold is not null then 'threshold' when by_dominance is not null then 'dominance' when by_p_percent is not null then 'p_percent' end as why,
    greatest(by_threshold, by_dominance, by_p_percent) as needed
from judged;
