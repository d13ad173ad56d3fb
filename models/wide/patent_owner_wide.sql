-- grain: one row per patent and owner: count patents distinct, or sum the shares
--   application_no: application number
--   owner_seq: position among the owners; 1 is the first owner
--   owner_name: name as reported
--   owner_code: register code of the owner; null outside the register
--   owner_group_code: head of the owner's group, as it stands now
--   owner_share: 1 divided by the number of owners: sums to 1 over a patent
--   patent_type: I invention, U utility model, D design
--   filed_on: day of the filing
--   granted_on: day of the grant
--   owner_count: number of owners
create view published.patent_owner_wide as
select
    b.application_no, b.owner_seq, b.owner_name, b.enterprise_code as owner_code, case when b.enterprise_key > 0 then d.group_code end as owner_group_code, b.owner_share,
    p.patent_type, p.filed_on, p.granted_on,
    cast(round(1 / b.owner_share) as integer) as owner_count
from core.bridge_patent_owner as b
join published.dim_patent as p using (application_no)
join core.dim_enterprise as d on d.enterprise_key = b.enterprise_key;
