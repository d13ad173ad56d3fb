-- 牵头与参与的省部级以上奖励 / Awards led and shared in
select period_year, is_lead, count(*) as awards from published.dim_award
where award_level in ('NAT', 'PROV')
group by period_year, is_lead order by 1, 2;
