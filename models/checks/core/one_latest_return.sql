-- 每个单位、报表、报告期只有一份现行报表 / one return in force per form, enterprise and period
select form, enterprise_code, period_key, count(*) as n
from core.dim_return where is_latest group by all having count(*) > 1;
