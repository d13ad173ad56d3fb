-- 迟报的报表 / Returns that came late
select form, period, count(*) as returns, count(*) filter (where days_late > 0) as late, max(days_late) as longest
from published.return_wide where version_no = 1
group by form, period order by 1, 2;
