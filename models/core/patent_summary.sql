-- grain: one row per return of form patent_summary
-- key: return_id
-- by: return
create table core.patent_summary (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period
    source_row bigint,               -- row in the file
    opening_total_count bigint,      -- patents in force at the beginning, all types, as first owner
    opening_invention_count bigint,  -- patents in force at the beginning, inventions, as first owner
    opening_utility_count bigint,    -- patents in force at the beginning, utility models, as first owner
    opening_design_count bigint,     -- patents in force at the beginning, designs, as first owner
    filed_total_count bigint,        -- patents filed, all types, as first owner
    filed_invention_count bigint,    -- patents filed, inventions, as first owner
    filed_utility_count bigint,      -- patents filed, utility models, as first owner
    filed_design_count bigint,       -- patents filed, designs, as first owner
    granted_total_count bigint,      -- patents granted, all types, as first owner
    granted_invention_count bigint,  -- patents granted, inventions, as first owner
    granted_utility_count bigint,    -- patents granted, utility models, as first owner
    granted_design_count bigint,     -- patents granted, designs, as first owner
    lapsed_total_count bigint,       -- patents ended, all types, as first owner
    lapsed_invention_count bigint,   -- patents ended, inventions, as first owner
    lapsed_utility_count bigint,     -- patents ended, utility models, as first owner
    lapsed_design_count bigint,      -- patents ended, designs, as first owner
    transferred_in_total_count bigint, -- patents taken over, all types, as first owner
    transferred_in_invention_count bigint, -- patents taken over, inventions, as first owner
    transferred_in_utility_count bigint, -- patents taken over, utility models, as first owner
    transferred_in_design_count bigint, -- patents taken over, designs, as first owner
    transferred_out_total_count bigint, -- patents given away, all types, as first owner
    transferred_out_invention_count bigint, -- patents given away, inventions, as first owner
    transferred_out_utility_count bigint, -- patents given away, utility models, as first owner
    transferred_out_design_count bigint, -- patents given away, designs, as first owner
    closing_total_count bigint,      -- patents in force at the end, all types, as first owner
    closing_invention_count bigint,  -- patents in force at the end, inventions, as first owner
    closing_utility_count bigint,    -- patents in force at the end, utility models, as first owner
    closing_design_count bigint      -- patents in force at the end, designs, as first owner
);
insert into core.patent_summary
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.opening_total_count, l.opening_invention_count, l.opening_utility_count, l.opening_design_count, l.filed_total_count, l.filed_invention_count, l.filed_utility_count, l.filed_design_count, l.granted_total_count, l.granted_invention_count, l.granted_utility_count, l.granted_design_count, l.lapsed_total_count, l.lapsed_invention_count, l.lapsed_utility_count, l.lapsed_design_count, l.transferred_in_total_count, l.transferred_in_invention_count, l.transferred_in_utility_count, l.transferred_in_design_count, l.transferred_out_total_count, l.transferred_out_invention_count, l.transferred_out_utility_count, l.transferred_out_design_count, l.closing_total_count, l.closing_invention_count, l.closing_utility_count, l.closing_design_count
from landing.patent_summary as l
join core.dim_return as r on r.form = 'patent_summary' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
