-- grain: one row per figure and cell that it comes from; of patents, of which there may be millions, one per figure and return
--   metric: what is measured
--   breakdown: total, or the dimension that is broken down
--   category: member of the breakdown; all for total
--   period_key: period of the figure
--   side: value (a plain sum or count), numerator or denominator; base or donor for what an imputed amount is made of
--   weight: by how much the side moves when the cell moves by one; null where it is not linear
--   fact: table of facts that holds the cell
--   fact_column: its column in that table
--   return_id: return that the cell stands in
--   source_row: row in the file; null for all rows of the return that the figure counts
--   field: field of the form; null where the row is
--   amount: amount of the cell in the unit of the warehouse; null where the row is counted
create view lineage.figure_source as
select * from lineage.amount
union all select * from lineage.ratio
union all select * from lineage.intensity_change
union all select * from lineage.growth_from_base
union all select * from lineage.comparable
union all select * from lineage.structure
union all select * from lineage.matched_growth
union all select * from lineage.concentration
union all select * from lineage.month
union all select * from lineage.award_count
union all select * from lineage.project_count
union all select * from lineage.platform_stock
union all select * from lineage.title_count
union all select * from lineage.lab_count
union all select * from lineage.talent_count
union all select * from lineage.achievement_amount
union all select * from lineage.task_progress
union all select * from lineage.programme_count
union all select * from lineage.patent_ratio_spend
union all select metric, breakdown, category, period_key, 'value', null, 'core.patent_event', 'application_no', return_id, null, null, null from lineage.patent_count_source
union all select metric, breakdown, category, period_key, 'value', null, 'core.patent_event', 'application_no', return_id, null, null, null from lineage.patent_stock_source
union all select metric, breakdown, category, period_key, side, null, 'core.patent_event', 'application_no', return_id, null, null, null from lineage.patent_ratio_source;
