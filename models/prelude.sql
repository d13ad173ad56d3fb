-- The schemas, and the few functions that every metric shares: division and rounding happen here and nowhere else.
create schema if not exists seed;
create schema if not exists core;
create schema if not exists fact;
create schema if not exists metric;
create schema if not exists lineage;
create schema if not exists published;

-- Ratio of two sums in percent, to 6 decimals; null when the denominator is null or not positive.
create or replace macro core.percent(part, whole) as
    case when whole > 0 then cast(round(cast(part as double) * 100 / cast(whole as double), 6) as decimal(28, 6)) end;

-- Quotient of two sums, to 6 decimals; null when the denominator is null or not positive.
create or replace macro core.quotient(part, whole) as
    case when whole > 0 then cast(round(cast(part as double) / cast(whole as double), 6) as decimal(28, 6)) end;
