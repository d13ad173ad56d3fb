-- 有报表的发布至少含一个数字 / a release of returns has at least one figure
select 'no figures' as problem where (select count(*) from published.figure where value is not null) = 0 and (select count(*) from core.dim_return where is_latest) > 0;
