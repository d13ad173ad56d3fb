-- grain: one row per enterprise and stretch of time with one name, parent, industry and place (slowly changing, type 2)
-- key: enterprise_key
create table core.dim_enterprise (
    enterprise_key integer,          -- surrogate key; 0 is unknown, -1 outside the register
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
    split_share_percent decimal(18, 6), -- share of them that it took over, where it was split from them
    is_current boolean               -- true for the last stretch of an enterprise
);
insert into core.dim_enterprise
with recursive stated as (
    select l.*, (s.revision, coalesce(s.filled_on, date '1900-01-01'), f.sha256, l.sheet_no, l.source_row) as rank_key
    from landing.register_in_force as l
    join landing.sheet as s using (file_no, sheet_no)
    join landing.file as f using (file_no)
),
-- A later file that gives the same change another day has corrected the day, unless something lies between the two days.
redated as (
    select distinct old.enterprise_code, old.valid_from
    from stated as old
    join stated as new on new.enterprise_code = old.enterprise_code and new.file_no <> old.file_no and new.valid_from <> old.valid_from and new.rank_key > old.rank_key
        and (new.enterprise_name, new.parent_code, new.enterprise_level, new.industry, new.city, new.change_kind, new.predecessor_codes)
            is not distinct from (old.enterprise_name, old.parent_code, old.enterprise_level, old.industry, old.city, old.change_kind, old.predecessor_codes)
    anti join stated as other on other.enterprise_code = old.enterprise_code
        and other.valid_from > least(old.valid_from, new.valid_from) and other.valid_from < greatest(old.valid_from, new.valid_from)
),
latest as (
    select * from stated anti join redated using (enterprise_code, valid_from)
),
-- What was merged into another enterprise ends on the day before, also where its own row was left open.
merged as (
    select replace(trim(code), ' ', '') as enterprise_code, min(valid_from) - 1 as ends_on
    from (select unnest(string_split(replace(predecessor_codes, '；', ';'), ';')) as code, valid_from from latest where change_kind = 'MERGE')
    group by 1
),
stretch as (
    select
        l.*, lead(l.valid_from) over later as next_from,
        least(coalesce(l.valid_to, lead(l.valid_from) over later - 1, date '9999-12-31'), coalesce(m.ends_on, date '9999-12-31')) as ends_on
    from latest as l
    left join merged as m on m.enterprise_code = l.enterprise_code and m.ends_on >= l.valid_from
    window later as (partition by l.enterprise_code order by l.valid_from)
),
-- Parents for any day: the first stretch holds before it began as well, each one until the next.
parent as (
    select
        enterprise_code, parent_code, enterprise_level,
        case when lag(valid_from) over w is null then date '0001-01-01' else valid_from end as from_day,
        coalesce(lead(valid_from) over w - 1, date '9999-12-31') as to_day
    from latest
    window w as (partition by enterprise_code order by valid_from)
),
-- Upwards from parent to parent, as far as the first group: a capital operator above the groups is no group.
-- Where a parent moves, the stretch is cut at that day.
climb as (
    select
        enterprise_code, valid_from, valid_from as from_day, ends_on as to_day,
        case when enterprise_level = 'G' or parent_code is null then enterprise_code else parent_code end as ancestor,
        enterprise_level = 'G' or parent_code is null as arrived, 0 as depth
    from stretch
    union all
    select
        c.enterprise_code, c.valid_from, greatest(c.from_day, p.from_day), least(c.to_day, p.to_day),
        case when p.enterprise_level = 'G' or p.parent_code is null then c.ancestor else p.parent_code end,
        p.enterprise_level = 'G' or p.parent_code is null, c.depth + 1
    from climb as c
    join parent as p on p.enterprise_code = c.ancestor and p.from_day <= c.to_day and p.to_day >= c.from_day
    where not c.arrived and c.depth < 10
),
piece as (
    select enterprise_code, valid_from, from_day, ancestor as group_code
    from climb
    where arrived or depth = 10 or ancestor not in (select enterprise_code from parent)
    qualify lag(ancestor) over (partition by enterprise_code, valid_from order by from_day) is distinct from ancestor
),
cut as (
    select
        *, from_day = valid_from as is_first,
        lead(from_day) over (partition by enterprise_code, valid_from order by from_day) - 1 as cut_on
    from piece
),
named as (
    select enterprise_code as group_code, arg_max(enterprise_name, valid_from) as group_name from latest group by all
)
select
    cast(row_number() over (order by s.enterprise_code, c.from_day) as integer),
    s.enterprise_code, s.enterprise_name, s.aliases, s.parent_code, c.group_code, n.group_name, s.enterprise_level, s.industry, s.city,
    c.from_day, coalesce(c.cut_on, s.valid_to), coalesce(c.cut_on, s.ends_on),
    case when c.is_first then s.change_kind else 'MOVE' end, case when c.is_first then s.predecessor_codes end, case when c.is_first then s.split_share_percent end, s.next_from is null and c.cut_on is null
from stretch as s
join cut as c using (enterprise_code, valid_from)
left join named as n on n.group_code = c.group_code
union all
select k, code, name, null, null, code, group_name, null, null, null, null, null, null, null, null, null, true
from (values (0, '(unknown)', '未知单位 unknown', '未知 unknown'), (-1, '(outside)', '名录外单位 outside the register', '名录外 outside')) as member (k, code, name, group_name);
