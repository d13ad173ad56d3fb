-- 基础研究占比 / Share of basic research
select period_year, sum(basic_wan) * 100 / sum(basic_wan + applied_wan + experimental_wan) as basic_percent
from published.rd_wide
group by period_year order by 1;
