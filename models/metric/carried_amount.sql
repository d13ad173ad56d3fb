-- grain: one row per amount of an enterprise and year, later or same year, and enterprise that carries it at the end of that year
-- key: metric, perimeter_year, period_year, enterprise_code, carrier_code
create table metric.carried_amount (
    metric varchar,                  -- what is measured
    perimeter_year integer,          -- year at whose end the perimeter is taken
    period_year integer,             -- year of the amount
    enterprise_code varchar,         -- enterprise whose return states it
    carrier_code varchar,            -- enterprise that it counts with: itself, or whoever took it, or a part of it, over
    share decimal(9, 6),             -- share of the amount that the carrier has; the shares of an amount sum to 1
    amount decimal(28, 6),           -- the carrier's part; the parts sum to the amount exactly
    prior_amount decimal(28, 6),     -- its part of last year's amount as re-reported in the same return
    edition integer                  -- edition of the form that the return was made on
);
insert into metric.carried_amount
with recursive amounts as (
    select
        'rd_expense' as metric, p.period_year, p.period_end, e.enterprise_code, cast(e.rd_expense_wan as decimal(28, 6)) as amount,
        cast(e.rd_expense_prior_wan as decimal(28, 6)) as prior_amount, e.rd_spend_edition as edition
    from metric.enterprise_period as e
    join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
    where e.rd_expense_wan is not null
    union all
    select 'revenue', p.period_year, p.period_end, e.enterprise_code, e.revenue_wan, e.revenue_prior_wan, e.finance_edition
    from metric.enterprise_period as e
    join core.dim_period as p on p.period_key = e.period_key and p.period_kind = 'year'
    where e.revenue_wan is not null
),
perimeters as (
    select distinct p.period_year as perimeter_year, p.period_end as perimeter_end
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest and r.form in ('rd_spend', 'finance') and p.period_kind = 'year'
),
units as (
    select distinct y.perimeter_year, y.perimeter_end, a.period_year, a.period_end, a.enterprise_code
    from amounts as a
    join perimeters as y on y.perimeter_year >= a.period_year
),
-- What happened to an enterprise on one day: it was merged, or split, and then lives on with the rest.
changes as (select predecessor_code, valid_from, change_kind, cast(1 - sum(share) as decimal(9, 6)) as rest from core.bridge_succession group by predecessor_code, valid_from, change_kind),
pieces as (
    select predecessor_code, valid_from, change_kind, successor_code, share from core.bridge_succession
    union all
    select predecessor_code, valid_from, change_kind, predecessor_code, rest from changes where change_kind = 'SPLIT'
),
-- From change to change up to the end of the perimeter's year. A split counts for what was reported before it; a merger always.
followed as (
    select
        perimeter_year, perimeter_end, period_year, enterprise_code,
        enterprise_code as code, enterprise_code as path, cast(1 as decimal(18, 12)) as share, period_end as since, 0 as depth
    from units
    union all
    select
        n.perimeter_year, n.perimeter_end, n.period_year, n.enterprise_code,
        p.successor_code, n.path || '>' || p.successor_code, cast(n.share * p.share as decimal(18, 12)), greatest(n.since, n.valid_from), n.depth + 1
    from (
        select
            f.perimeter_year, f.perimeter_end, f.period_year, f.enterprise_code, f.code, f.path, f.share, f.since, f.depth, c.valid_from, c.change_kind,
            row_number() over (partition by f.perimeter_year, f.period_year, f.enterprise_code, f.path order by c.valid_from, c.change_kind) as place
        from followed as f
        join changes as c on c.predecessor_code = f.code and c.valid_from <= f.perimeter_end and (c.change_kind = 'MERGE' or c.valid_from > f.since)
        where f.depth < 10
    ) as n
    join pieces as p on p.predecessor_code = n.code and p.valid_from = n.valid_from and p.change_kind = n.change_kind
    where n.place = 1
),
carried as (
    select perimeter_year, period_year, enterprise_code, code as carrier_code, cast(sum(share) as decimal(9, 6)) as share
    from followed as f
    where f.depth = 10 or not exists (
        select 1 from changes as c where c.predecessor_code = f.code and c.valid_from <= f.perimeter_end and (c.change_kind = 'MERGE' or c.valid_from > f.since))
    group by perimeter_year, period_year, enterprise_code, code
),
-- Rounded to six decimals; what the rounding leaves stays with the largest part.
rounded as (
    select
        a.metric, a.period_year, a.enterprise_code, a.amount, a.prior_amount, a.edition, c.perimeter_year, c.carrier_code, c.share,
        round(a.amount * c.share, 6) as part, round(a.prior_amount * c.share, 6) as prior_part,
        row_number() over (partition by a.metric, c.perimeter_year, a.period_year, a.enterprise_code order by c.share desc, c.carrier_code) as place
    from amounts as a
    join carried as c using (period_year, enterprise_code)
)
select
    metric, perimeter_year, period_year, enterprise_code, carrier_code, cast(share as decimal(9, 6)),
    cast(case when place > 1 then part else amount - sum(part) over whole + part end as decimal(28, 6)),
    cast(case when place > 1 then prior_part else prior_amount - sum(prior_part) over whole + prior_part end as decimal(28, 6)),
    edition
from rounded
window whole as (partition by metric, perimeter_year, period_year, enterprise_code);
