-- grain: one row per enterprise as it stands in the register last: join on its code, and nothing fans out
--   enterprise_code: enterprise
--   enterprise_name: name in force last
--   aliases: former and short names, separated by ;
--   enterprise_level: G group, S subsidiary, O capital operator
--   parent_code: code of the parent
--   group_code: head of its group
--   group_name: name of the head of the group in force last
--   industry: industry, GB/T 4754
--   industry_zh: name of the industry in Chinese
--   sector: IND industrial (sections B to D of GB/T 4754), REST other
--   city: city, GB/T 2260
--   city_zh: name of the city in Chinese
--   valid_from: first day in the register
--   ends_on: last day in the register; 9999-12-31 while it lasts
create view published.dim_enterprise as
with first as (select enterprise_code, min(valid_from) as valid_from from core.dim_enterprise group by enterprise_code)
select
    d.enterprise_code, d.enterprise_name, d.aliases, d.enterprise_level, d.parent_code, d.group_code, d.group_name, d.industry, i.name_zh as industry_zh,
    case when d.industry is not null then case when left(d.industry, 1) in ('B', 'C', 'D') then 'IND' else 'REST' end end as sector,
    d.city, c.name_zh as city_zh, f.valid_from, d.ends_on
from core.dim_enterprise as d
join first as f on f.enterprise_code = d.enterprise_code
left join seed.industry as i on i.code = d.industry
left join seed.city as c on c.code = d.city
where d.is_current and d.enterprise_key > 0;
