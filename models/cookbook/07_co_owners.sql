-- 与外单位共有的专利 / Patents held with owners outside the register
select coalesce(case when b.enterprise_key > 0 then d.group_code end, 'outside') as owner_group, count(distinct b.application_no) as patents, sum(b.owner_share) as fractional
from core.bridge_patent_owner as b
join core.dim_enterprise as d using (enterprise_key) where b.owner_share < 1
group by 1 order by 2 desc, 1;
