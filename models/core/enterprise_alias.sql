-- grain: one row per name under which an enterprise is or was known
-- key: alias
create table core.enterprise_alias (
    alias varchar,                   -- official, former or short name, without spaces
    enterprise_code varchar          -- whose name it is; the enterprise that bore it last where several did
);
insert into core.enterprise_alias
with names as (
    select enterprise_name as alias, enterprise_code, valid_from from core.dim_enterprise where enterprise_key > 0
    union all
    select unnest(string_split(replace(aliases, '；', ';'), ';')), enterprise_code, valid_from
    from core.dim_enterprise where aliases is not null
)
select replace(trim(alias), ' ', '') as alias, arg_max(enterprise_code, (valid_from, enterprise_code))
from names
where trim(alias) <> ''
group by 1;
