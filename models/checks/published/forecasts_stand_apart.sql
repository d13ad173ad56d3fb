-- 测算值只在末年之后，不与实际值同年，且在其区间之内 / a projection stands only after the last figure, never beside one, and within its bands
select p.metric, p.period_year
from published.forecast as p
left join published.figure as f on f.metric = p.metric and f.breakdown = 'total' and f.period_kind = 'year' and f.period_year = p.period_year
where f.value is not null or not (p.low_90 <= p.low_50 and p.low_50 <= p.value and p.value <= p.high_50 and p.high_50 <= p.high_90)
    or (p.value is null) <> (p.reason_code is not null);
