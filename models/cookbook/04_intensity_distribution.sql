-- 企业研发投入强度的分布 / Distribution of R&D intensity over enterprises
select period_year, sum(percent * greatest(0, 1 - abs(place - 1 - (n - 1) * 0.25))) as lower_quartile, sum(percent * greatest(0, 1 - abs(place - 1 - (n - 1) * 0.5))) as median,
    sum(percent * greatest(0, 1 - abs(place - 1 - (n - 1) * 0.75))) as upper_quartile, max(n) as enterprises
from (select period_year, rd_expense_wan * 100 / revenue_wan as percent, row_number() over (partition by period_year order by rd_expense_wan / revenue_wan) as place, count(*) over (partition by period_year) as n
    from published.rd_wide where revenue_wan > 0 and rd_expense_wan is not null) as ranked
group by period_year order by 1;
