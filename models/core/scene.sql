-- grain: one row per digital scene and year in which an enterprise reports it
-- key: return_id, source_row
-- by: return
create table core.scene (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- enterprise in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    scene_no varchar,                -- scene number
    scene_status varchar,            -- PLAN, BUILD, RUN, ACCEPT
    online_date date,                -- in use since
    scene_investment_wan decimal(18, 6) -- investment to date, 10,000 yuan
);
insert into core.scene
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row,
    l.scene_no, l.scene_status, l.online_date, l.scene_investment_wan
from landing.digital_scenes as l
join core.dim_return as r on r.form = 'digital_scenes' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
