-- grain: one row per enterprise and stretch of time with one name, parent, industry and place (slowly changing, type 2)
-- key: enterprise_key
create table core.dim_enterprise (
    enterprise_key integer,          -- surrogate key; 0 is the unknown enterprise
    enterprise_code varchar,         -- unified social credit code or register code; survives a rename
    enterprise_name varchar,         -- name in this stretch of time
    aliases varchar,                 -- former and short names, separated by ;
    parent_code varchar,             -- code of the parent; null for the head of a group
    group_code varchar,              -- code of the head of the group, found by following the parents
    group_name varchar,              -- name of the head of the group in force last
    enterprise_level varchar,        -- G group, S subsidiary, O capital operator
    industry varchar,                -- industry, GB/T 4754
    city varchar,                    -- city, GB/T 2260
    valid_from date,                 -- first day of the stretch
    valid_to date,                   -- last day of the stretch; null while it lasts
    ends_on date,                    -- last day, closed by the next stretch where the register left it open
    change_kind varchar,             -- what began the stretch: NEW, RENAME, MERGE, SPLIT, MOVE, CLOSE
    predecessor_codes varchar,       -- codes of the enterprises that it came from, separated by ;
    is_current boolean               -- true for the last stretch of an enterprise
);
insert into core.dim_enterprise
with recursive latest as (
    select l.*
    from landing.enterprise_register as l
    join landing.sheet as s using (file_no, sheet_no)
    join landing.file as f using (file_no)
    anti join core.rejected_row as x on x.file_no = l.file_no and x.sheet_no = l.sheet_no and x.source_row = l.source_row
    qualify row_number() over (
        partition by l.enterprise_code, l.valid_from
        order by s.revision desc, s.filled_on desc nulls last, f.sha256 desc, l.sheet_no desc, l.source_row desc) = 1
),
-- Upwards from parent to parent, as far as the first group: a capital operator above the groups is no group.
chain as (
    select
        enterprise_code, valid_from,
        case when enterprise_level = 'G' or parent_code is null then enterprise_code else parent_code end as ancestor, 0 as depth
    from latest
    union all
    select c.enterprise_code, c.valid_from, p.parent_code, c.depth + 1
    from chain as c
    join latest as p on p.enterprise_code = c.ancestor
    where p.enterprise_level <> 'G' and p.parent_code is not null and p.enterprise_code <> c.enterprise_code and c.depth < 10
    qualify row_number() over (partition by c.enterprise_code, c.valid_from order by p.valid_from desc) = 1
),
head as (
    select enterprise_code, valid_from, arg_max(ancestor, depth) as group_code from chain group by all
),
named as (
    select enterprise_code as group_code, arg_max(enterprise_name, valid_from) as group_name from latest group by all
),
-- What was merged into another enterprise ends on the day before, also where its own row was left open.
merged as (
    select replace(trim(code), ' ', '') as enterprise_code, min(valid_from) - 1 as ends_on
    from (select unnest(string_split(replace(predecessor_codes, '；', ';'), ';')) as code, valid_from from latest where change_kind = 'MERGE')
    group by 1
),
versions as (
    select
        l.*, h.group_code, n.group_name, m.ends_on as merged_on,
        lead(l.valid_from) over (partition by l.enterprise_code order by l.valid_from) as next_from
    from latest as l
    join head as h using (enterprise_code, valid_from)
    left join named as n on n.group_code = h.group_code
    left join merged as m on m.enterprise_code = l.enterprise_code and m.ends_on >= l.valid_from
)
select
    cast(row_number() over (order by enterprise_code, valid_from) as integer),
    enterprise_code, enterprise_name, aliases, parent_code, group_code, group_name, enterprise_level, industry, city,
    valid_from, valid_to, least(coalesce(valid_to, next_from - 1, date '9999-12-31'), coalesce(merged_on, date '9999-12-31')), change_kind, predecessor_codes, next_from is null
from versions
union all
select 0, '(unknown)', '未知单位 unknown', null, null, '(unknown)', '未知 unknown', null, null, null, null, null, null, null, null, true;
