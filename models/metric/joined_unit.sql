-- grain: one row per pair of years and enterprise that splits without a share, made between the ends of the two, tie to others: growth takes them as one
-- key: base_year, perimeter_year, enterprise_code
create table metric.joined_unit (
    base_year integer,               -- earlier year
    perimeter_year integer,          -- later year
    enterprise_code varchar,         -- enterprise
    unit_code varchar                -- enterprise from which all of the unit came
);
insert into metric.joined_unit
with recursive years as (
    select distinct p.period_year, p.period_end
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.is_latest and r.form in ('rd_spend', 'finance') and p.period_kind = 'year'
),
edges as (
    select base.period_year as base_year, last.period_year as perimeter_year, s.successor_code, min(s.predecessor_code) as predecessor_code
    from core.unshared_split as s
    join years as base on base.period_end < s.valid_from
    join years as last on last.period_end >= s.valid_from
    group by base.period_year, last.period_year, s.successor_code
),
tied as (
    select base_year, perimeter_year, successor_code as enterprise_code from edges
    union
    select base_year, perimeter_year, predecessor_code from edges
),
-- Each climbs from itself, so that the one from which all came is its own unit.
climb as (
    select base_year, perimeter_year, enterprise_code, enterprise_code as unit_code, 0 as depth from tied
    union all
    select c.base_year, c.perimeter_year, c.enterprise_code, e.predecessor_code, c.depth + 1
    from climb as c
    join edges as e on e.base_year = c.base_year and e.perimeter_year = c.perimeter_year and e.successor_code = c.unit_code
    where c.depth < 10
),
steps as (
    select
        base_year, perimeter_year, enterprise_code, unit_code,
        row_number() over (partition by base_year, perimeter_year, enterprise_code order by depth desc, unit_code desc) as place
    from climb
)
select base_year, perimeter_year, enterprise_code, unit_code from steps where place = 1;
