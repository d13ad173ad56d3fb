-- grain: one row per count of people and return that it comes from
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: value (a plain sum or count), numerator or denominator
--   weight: by how much the side moves when the cell moves by one; null where it is not linear
--   fact: table of facts that holds the cell
--   fact_column: its column in that table
--   return_id: return that the cell stands in
--   source_row: row in the file
--   field: field of the form; core.source_column tells its column
--   amount: amount of the cell in the unit of the warehouse; null where the row is counted
create view lineage.talent_count as
with stated as (
    select f.return_id, f.source_row, f.period_key, d.group_code, item.*
    from core.talent as f
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = f.enterprise_key
    join core.dim_period as p on p.period_key = f.period_key
    -- Teams are published in units of 10,000 people, so that a cell moves its figure by a ten-thousandth: no whole weight says that.
    cross join lateral (
        values
            ('talent', 'talent_persons', cast(null as integer), f.talent_persons), ('talent_managers', 'managers_persons', null, f.managers_persons),
            ('talent_professionals', 'professionals_persons', null, f.professionals_persons), ('talent_both', 'managers_professionals_persons', null, f.managers_professionals_persons),
            ('talent_skilled', 'skilled_persons', null, f.skilled_persons), ('academicians', 'academicians_persons', 1, f.academicians_persons),
            ('flexible_recruits', 'flexible_persons', 1, f.flexible_persons)
    ) as item (metric, field, weight, persons)
    where r.is_latest and p.period_kind = 'year' and item.persons is not null
)
select
    s.metric, place.breakdown, place.category, s.period_key, 'value' as side, s.weight,
    'core.talent' as fact, s.field as fact_column, s.return_id, s.source_row, s.field, cast(s.persons as decimal(28, 6)) as amount
from stated as s
cross join lateral (values ('total', 'all'), ('group', s.group_code)) as place (breakdown, category)
where place.category is not null
union all
select
    'flexible_recruits', 'flexible_kind', kind.category, f.period_key, 'value', 1, 'core.talent', kind.field, f.return_id, f.source_row, kind.field, cast(kind.persons as decimal(28, 6))
from core.talent as f
join core.dim_return as r using (return_id)
join core.dim_period as p on p.period_key = f.period_key
cross join lateral (
    values ('CONCURRENT', 'flexible_concurrent_persons', f.flexible_concurrent_persons), ('MIGRATORY', 'flexible_migratory_persons', f.flexible_migratory_persons),
        ('WEEKEND', 'flexible_weekend_persons', f.flexible_weekend_persons)
) as kind (category, field, persons)
where r.is_latest and p.period_kind = 'year' and kind.persons is not null;
