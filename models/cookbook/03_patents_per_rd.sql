-- 每亿元研究开发费用的授权专利数 / Patents granted per 100 million yuan of R&D expense
select r.period_year, sum(t.patents) * 10000 / nullif(max(r.wan), 0) as per_yi from core.patent_tally as t
join (select period_year, sum(rd_expense_wan) as wan from published.rd_wide group by period_year) as r on r.period_year = t.event_year
where t.measure = 'granted' and t.breakdown = 'total' and r.period_year >= 2020
group by r.period_year order by 1;
