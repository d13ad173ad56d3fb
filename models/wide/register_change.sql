-- grain: one row per enterprise and change of the register: renamed, merged, split, moved, founded, closed
--   enterprise_code: enterprise, or the one that took over
--   enterprise_name: its name from then on
--   period_year: calendar year of the change
--   valid_from: day of the change
--   change_kind: RENAME, MERGE, SPLIT, MOVE, NEW or CLOSE
--   change_zh: its name in Chinese
--   change_en: the same in English
--   name_before: former name; of a merger or split the names of the enterprises that it came from, separated by ;
--   group_name: name of the head of its group in force last
create view published.register_change as
with stretch as (
    select *, lag(enterprise_name) over (partition by enterprise_code order by valid_from) as former_name
    from core.dim_enterprise where enterprise_key > 0
),
origin as (
    select b.successor_code, b.valid_from, b.change_kind, string_agg(distinct d.enterprise_name, '；' order by d.enterprise_name) as names
    from core.bridge_succession as b
    join core.dim_enterprise as d on d.enterprise_code = b.predecessor_code and d.is_current
    group by all
)
select
    s.enterprise_code, s.enterprise_name, cast(year(s.valid_from) as integer) as period_year, s.valid_from, s.change_kind, k.name_zh as change_zh, k.name_en as change_en,
    coalesce(o.names, case when s.former_name <> s.enterprise_name then s.former_name end) as name_before, s.group_name
from stretch as s
left join origin as o on o.successor_code = s.enterprise_code and o.valid_from = s.valid_from and o.change_kind = s.change_kind
left join seed.change_kind as k on k.code = s.change_kind
where s.change_kind is not null;
