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
-- Named once: they are looked for once for both.
with events as (
    select * from lineage.patent_counted_event
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
