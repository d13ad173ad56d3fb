-- grain: one row per enterprise and other enterprise that was split from it without the register saying what share it took
-- key: predecessor_code, successor_code
create table core.unshared_split (
    predecessor_code varchar,        -- enterprise that something was split from
    successor_code varchar,          -- enterprise that was split from it
    valid_from date                  -- day of the split
);
insert into core.unshared_split
with stated as (
    select replace(trim(code), ' ', '') as predecessor_code, enterprise_code as successor_code, valid_from
    from (
        select unnest(string_split(replace(predecessor_codes, '；', ';'), ';')) as code, enterprise_code, valid_from
        from core.dim_enterprise where change_kind = 'SPLIT'
    )
)
select predecessor_code, successor_code, min(valid_from)
from stated
anti join core.bridge_succession using (predecessor_code, successor_code)
where predecessor_code not in ('', successor_code)
group by all;
