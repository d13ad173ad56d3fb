-- grain: one row per award and reporting unit (the bridge between awards and units is in the row: rank, count, share)
-- key: return_id, source_row
-- by: return
create table core.award (
    return_id bigint,                -- return that says so
    enterprise_key integer,          -- reporting unit in its stretch of history
    period_key integer,              -- period of the return
    source_row bigint,               -- row in the file
    certificate_no varchar,          -- certificate number: the award
    award_level varchar,             -- NAT national, PROV provincial and ministerial, IND, SOC
    award_scheme varchar,            -- scheme, e.g. Science and Technology Progress Award
    award_grade varchar,             -- S, 1, 2, 3, or N where the scheme has no grades
    unit_rank integer,               -- rank of the unit among the awarded units
    unit_count integer,              -- number of awarded units
    unit_share_percent decimal(9, 4), -- share of the unit, where stated
    is_lead boolean                  -- the unit ranks first
);
insert into core.award
select
    r.return_id, r.enterprise_key, r.period_key, l.source_row, l.certificate_no, l.award_level, l.award_scheme, l.award_grade,
    cast(l.unit_rank as integer), cast(l.unit_count as integer), l.unit_share_percent, l.unit_rank = 1
from landing.awards as l
join core.dim_return as r on r.form = 'awards' and r.file_no = l.file_no and r.sheet_no = l.sheet_no and r.enterprise_code = l.enterprise_code
join core.dim_period as p on p.period_key = r.period_key and p.period_year = l.period_year and p.period_month is not distinct from l.period_month
anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row;
