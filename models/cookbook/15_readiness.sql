-- 具备升级条件的平台 / Platforms ready for upgrade
select period_year, platform_kind_zh, count(*) as platforms from published.platform_wide
where is_in_force and upgrade_readiness in ('READY', 'APPLIED')
group by period_year, platform_kind_zh order by 1, 2;
