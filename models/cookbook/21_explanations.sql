-- 说明与审核意见 / What respondents explained, and what was decided on it
select form, decision, count(*) as findings, count(distinct enterprise_code) as enterprises, max(decided_on) as last_decided
from published.review_wide where subject = 'FINDING'
group by form, decision order by 1, 2;
