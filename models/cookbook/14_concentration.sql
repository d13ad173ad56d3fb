-- 研究开发费用前四集团的集中度 / Share of the four groups that spend most
select period_year, sum(value) filter (where place <= 4) * 100 / sum(value) as cr4 from (
    select period_year, value, row_number() over (partition by period_year order by value desc) as place from published.figure
    where metric = 'rd_expense' and breakdown = 'group' and period_kind = 'year' and value is not null) as ranked
group by period_year order by 1;
