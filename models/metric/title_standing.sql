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
        r.enterprise_code, f.enterprise_title, f.period_key, f.enterprise_key, f.return_id, f.source_row, f.valid_from, f.valid_to, coalesce(f.valid_to, date '9999-12-31') as until, p.period_start, p.period_end
    from core.enterprise_title as f
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = f.period_key
    where r.is_latest and p.period_kind = 'year' and f.valid_from <= p.period_end
),
longest as (
    select
        enterprise_code, enterprise_title, period_key, any_value(period_start) as period_start, any_value(period_end) as period_end,
        arg_max(struct_pack(k := enterprise_key, r := return_id, s := source_row, v := valid_to), (until, source_row)) as certificate, max(until) as until
    from stated group by all
)
select
    enterprise_code, enterprise_title, period_key, certificate.k, certificate.r, certificate.s, certificate.v, cast(certificate.v - period_end as integer),
    case when until < period_end then 'LAPSED' when until <= period_end + interval 12 month then 'LAPSING' else 'HELD' end
from longest
where until >= period_start;
