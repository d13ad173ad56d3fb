-- grain: one row per count of awards and reporting unit's row that it comes from
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
create view lineage.award_count as
with awards as (
    select
        a.return_id, a.source_row, a.award_level, a.award_grade, p.period_key, p.period_year,
        case when bool_or(a.is_lead) over (partition by a.certificate_no) then 'LEAD' else 'PART' end as award_role
    from core.award as a
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = a.period_key
    where r.is_latest and a.award_level in ('NAT', 'PROV') and p.period_kind = 'year'
)
select
    'awards' as metric, place.breakdown, place.category, a.period_key, 'value' as side, cast(null as integer) as weight,
    'core.award' as fact, 'certificate_no' as fact_column, a.return_id, a.source_row, 'certificate_no' as field, cast(null as decimal(28, 6)) as amount
from awards as a
cross join lateral (
    values ('total', 'all'), ('award_level', a.award_level), ('award_grade', a.award_grade), ('award_role', a.award_role)
) as place (breakdown, category)
where place.category is not null
union all
select
    'awards_cumulative', place.breakdown, place.category, y.period_key, 'value', null, 'core.award', 'certificate_no', a.return_id, a.source_row, 'certificate_no', null
from awards as a
cross join lateral (values ('total', 'all'), ('award_level', a.award_level)) as place (breakdown, category)
join (select distinct period_key from metric.award_count where metric = 'awards_cumulative') as y on y.period_key >= a.period_key
where place.category is not null and a.period_year >= 2021;
