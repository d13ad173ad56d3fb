-- 基础研究占比 / Share of basic research
select period_year, sum(basic_wan) * 100 / nullif(sum(basic_wan + applied_wan + experimental_wan), 0) as basic_percent
from published.rd_wide
group by period_year order by 1;
