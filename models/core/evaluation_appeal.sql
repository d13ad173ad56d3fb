-- grain: one row per appeal of a group against one indicator of its evaluation
-- key: return_id, source_row
-- by: return
create table core.evaluation_appeal (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- year that was evaluated
    source_row bigint,               -- row in the file
    indicator varchar,               -- indicator or item; see seed.evaluation_indicator and seed.evaluation_item
    published_value decimal(18, 6),  -- value as the group read it
    claimed_value decimal(18, 6),    -- value that the group claims
    reason varchar,                  -- why the group appeals
    contact varchar                  -- whom to ask
);
insert into core.evaluation_appeal
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.indicator, l.published_value, l.claimed_value, l.reason, l.contact
from landing.evaluation_appeals as l
join core.dim_return as r on r.form = 'evaluation_appeals' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
