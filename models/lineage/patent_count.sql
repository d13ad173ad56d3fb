-- grain: one row per count of patents filed or granted and reported event that it comes from
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
create view lineage.patent_count as
with first_return as (
    select min(p.period_year) as period_year
    from core.dim_return as r join core.dim_period as p using (period_key)
    where r.form = 'patents' and r.is_latest
),
events as (
    select
        case e.event when 'FILE' then 'patents_filed' else 'patents_granted' end as metric,
        e.event_year, e.patent_type, d.group_code, e.return_id, e.source_row
    from core.patent_event as e
    join core.dim_return as r using (return_id)
    join core.dim_enterprise as d on d.enterprise_key = e.enterprise_key
    where r.is_latest and e.event in ('FILE', 'GRANT') and e.event_year >= (select period_year from first_return)
)
select
    e.metric, place.breakdown, place.category, e.event_year * 1000 as period_key, 'value' as side, cast(null as integer) as weight,
    'core.patent_event' as fact, 'application_no' as fact_column, e.return_id, e.source_row, 'application_no' as field, cast(null as decimal(28, 6)) as amount
from events as e
cross join lateral (values ('total', 'all'), ('patent_type', e.patent_type), ('group', e.group_code)) as place (breakdown, category)
where place.category is not null
union all
select
    e.metric || '_cumulative', 'total', 'all', y.year * 1000, 'value', null, 'core.patent_event', 'application_no', e.return_id, e.source_row, 'application_no', null
from events as e
join (select distinct period_key // 1000 as year from metric.patent_count where metric like '%\_cumulative' escape '\') as y on y.year >= e.event_year
where e.event_year >= 2021;
