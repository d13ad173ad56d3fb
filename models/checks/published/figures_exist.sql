-- 发布至少含一个数字 / a release has at least one figure
select 'no figures' as problem where (select count(*) from published.figure where value is not null) = 0;
