-- grain: one row per enterprise and other enterprise that took it, or a part of it, over
-- key: predecessor_code, successor_code
create table core.bridge_succession (
    predecessor_code varchar,        -- enterprise that was merged, or that something was split from
    successor_code varchar,          -- enterprise that took it over
    change_kind varchar,             -- MERGE, or SPLIT where the predecessor lives on with the rest
    valid_from date,                 -- day of the change
    share decimal(9, 6)              -- share that was taken over: 1 for a merger, that of the register for a split
);
insert into core.bridge_succession
with stated as (
    select replace(trim(code), ' ', '') as predecessor_code, enterprise_code as successor_code, change_kind, valid_from, split_share_percent
    from (
        select unnest(string_split(replace(predecessor_codes, '；', ';'), ';')) as code, enterprise_code, change_kind, valid_from, split_share_percent
        from core.dim_enterprise where change_kind in ('MERGE', 'SPLIT')
    )
    where replace(trim(code), ' ', '') not in ('', enterprise_code)
),
once as (
    select * from stated
    qualify row_number() over (partition by predecessor_code, successor_code order by valid_from, change_kind) = 1
)
select predecessor_code, successor_code, change_kind, valid_from, cast(1 as decimal(9, 6))
from once where change_kind = 'MERGE'
-- Of several that claim the whole of one enterprise the first has it.
qualify row_number() over (partition by predecessor_code order by valid_from, successor_code) = 1
union all
-- A split of which no share is known is not followed; no more than the whole can be taken.
select predecessor_code, successor_code, change_kind, valid_from, cast(share as decimal(9, 6))
from (
    select
        *, greatest(0, least(split_share_percent / 100, 1 - coalesce(sum(split_share_percent / 100) over (
            partition by predecessor_code, valid_from order by successor_code rows between unbounded preceding and 1 preceding), 0))) as share
    from once where change_kind = 'SPLIT' and split_share_percent is not null
)
where share > 0;
