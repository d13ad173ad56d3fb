-- 与外单位共有的专利 / Patents held with owners outside the register
select coalesce(owner_group_code, 'outside') as owner_group, count(distinct application_no) as patents, sum(owner_share) as fractional
from published.patent_owner_wide where owner_count > 1
group by 1 order by 2 desc, 1;
