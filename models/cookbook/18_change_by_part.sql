-- 变动的构成 / What the change is made of
select metric, period_year, value - value_before as change, continuing, restatement, definition, entrants, exits, non_response
from published.change
order by 1, 2;
