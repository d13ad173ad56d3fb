-- grain: one row per amount, pair of years and unit a part of which stood in the register in one of the two years and did not report it
-- key: metric, base_year, perimeter_year, unit_code
create table metric.absent_unit (
    metric varchar,                  -- what is measured
    base_year integer,               -- earlier year
    perimeter_year integer,          -- later year
    unit_code varchar,               -- enterprise that carries both years at the end of the later one, or from which all of a split unit came
    is_absent_now boolean,           -- missing in the later year
    is_absent_before boolean         -- missing in the earlier year
);
insert into metric.absent_unit
with recursive years as (
    select distinct metric, period_year from metric.carried_amount where period_year = perimeter_year
),
absent as (
    select u.metric, b.period_year as base_year, u.period_year as perimeter_year, u.period_year as absent_year, u.enterprise_code as code, 0 as depth
    from metric.unreported as u
    join years as b on b.metric = u.metric and b.period_year < u.period_year
    union all
    select u.metric, u.period_year, l.period_year, u.period_year, u.enterprise_code, 0
    from metric.unreported as u
    join years as l on l.metric = u.metric and l.period_year > u.period_year
),
-- Who was taken over after the year of absence by the end of the later one speaks for whoever took it over.
followed as (
    select * from absent
    union all
    select f.metric, f.base_year, f.perimeter_year, f.absent_year, s.successor_code, f.depth + 1
    from followed as f
    join core.bridge_succession as s on s.predecessor_code = f.code and s.change_kind = 'MERGE' and extract(year from s.valid_from) between f.absent_year + 1 and f.perimeter_year
    where f.depth < 10
)
select
    f.metric, f.base_year, f.perimeter_year, coalesce(j.unit_code, f.code), max(f.absent_year) = f.perimeter_year, min(f.absent_year) = f.base_year
from followed as f
left join metric.joined_unit as j on j.base_year = f.base_year and j.perimeter_year = f.perimeter_year and j.enterprise_code = f.code
left join core.bridge_succession as s on s.predecessor_code = f.code and s.change_kind = 'MERGE' and extract(year from s.valid_from) between f.absent_year + 1 and f.perimeter_year
where s.predecessor_code is null
group by f.metric, f.base_year, f.perimeter_year, coalesce(j.unit_code, f.code);
