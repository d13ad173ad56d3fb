-- The schemas, and the few functions that every metric shares: division and rounding happen here and nowhere else. Where a release is published to another engine it has them too.
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

-- An amount in whole millionths.
create or replace macro core.millionths(amount) as cast(cast(amount as decimal(28, 6)) * 1000000 as hugeint);

-- An amount times a ratio of two sums, reckoned in whole numbers, rounded once, half up, to 6 decimals; null where one of them is negative or the sum below is not positive.
create or replace macro core.grown(amount, part, whole) as
    case when whole > 0 and amount >= 0 and part >= 0 then cast(
        cast((2 * core.millionths(amount) * core.millionths(part) + core.millionths(whole)) // (2 * core.millionths(whole)) as decimal(28, 0)) * 0.000001
        as decimal(28, 6)) end;

-- Days from one day to another, negative where the other comes first.
create or replace macro core.days(until, since) as cast(until - since as integer);

-- The flags of a figure in the order of seed.figure_flag; empty where it has none.
create or replace macro core.flags(is_imputed, is_estimated, is_provisional, is_incomplete, is_revised) as
    concat_ws(
        ';', case when is_imputed then 'imputed' end, case when is_estimated then 'estimated' end, case when is_provisional then 'provisional' end,
        case when is_incomplete then 'incomplete' end, case when is_revised then 'revised' end
    );
