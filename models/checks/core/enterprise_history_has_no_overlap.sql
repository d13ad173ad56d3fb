-- 同一单位的有效期不重叠 / the stretches of one enterprise do not overlap
select a.enterprise_code, a.valid_from, a.ends_on, b.valid_from as next_from
from core.dim_enterprise as a
join core.dim_enterprise as b on b.enterprise_code = a.enterprise_code and b.valid_from > a.valid_from and b.valid_from <= a.ends_on;
