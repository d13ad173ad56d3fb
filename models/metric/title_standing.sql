-- grain: one row per title, enterprise and year in which a return names it: held, about to lapse, or lapsed
-- key: enterprise_code, enterprise_title, period_key
create table metric.title_standing (
    enterprise_code varchar,         -- enterprise
    enterprise_title varchar,        -- title; see seed.enterprise_title
    period_key integer,              -- year
    enterprise_key integer,          -- enterprise in its stretch of history
    return_id bigint,                -- return that says so
    source_row bigint,               -- row of the certificate that runs longest
    valid_to date,                   -- last day of the certificate that runs longest; null where it has no end
    days_left integer,               -- days from the end of the year to that day; negative once it is past, null where it has no end
    standing varchar                 -- HELD; LAPSING: held, and ends within twelve months; LAPSED: ended in the year and not renewed
);
insert into metric.title_standing
with stated as (
    select
        r.enterprise_code, f.enterprise_title, f.period_key, f.enterprise_key, f.return_id, f.source_row, f.valid_to, p.period_start, p.period_end,
        row_number() over (partition by r.enterprise_code, f.enterprise_title, f.period_key order by f.valid_to desc nulls first, f.source_row desc) as place
    from core.enterprise_title as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year' and f.valid_from <= p.period_end
)
select
    enterprise_code, enterprise_title, period_key, enterprise_key, return_id, source_row, valid_to, core.days(valid_to, period_end),
    case when valid_to < period_end then 'LAPSED' when valid_to <= period_end + interval '12 month' then 'LAPSING' else 'HELD' end
from stated
where place = 1 and (valid_to is null or valid_to >= period_start);
