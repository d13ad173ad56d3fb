-- 每个事实都能找到企业，且不是未知单位 / every fact finds its enterprise, and none the unknown one
select r.return_id, r.form, r.enterprise_code, r.enterprise_key
from core.dim_return as r
left join core.dim_enterprise as d using (enterprise_key)
where d.enterprise_key is null or r.enterprise_key <= 0;
