-- grain: one row per published number of the programme: what is aimed at, planned, or only to be compared with; with qualifier, scope, as-of day and source
-- key: target_id
create table published.target (
    target_id varchar,               -- identifier
    metric varchar,                  -- metric that it is held against; null where nothing measures it
    breakdown varchar,               -- breakdown of the figure that it is held against
    category varchar,                -- its category
    compare_year integer,            -- year whose figure it is held against; null for every year
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English
    kind varchar,                    -- target and plan can be reached; reference is a number once published, to be compared with and never reached
    qualifier varchar,               -- eq, gt, ge, near, about or strive, as the source words it
    value decimal(28, 6),            -- the number
    unit varchar,                    -- its unit
    base_period varchar,             -- period that the number is about: 2021, 2020-2022, 2021-01/2024-03
    base_year integer,               -- year from which the path to it begins
    due_year integer,                -- year by which a target or plan is due
    scope_zh varchar,                -- enterprises that it covers, in Chinese
    scope_en varchar,                -- the same in English
    as_of varchar,                   -- day or month on which it was stated; never the period that it is about
    is_inferred boolean,             -- true where a year of it is concluded and not stated by the source
    source varchar,                  -- where it was published, in both languages
    source_zh varchar,               -- where it was published, in Chinese
    source_en varchar,               -- the same in English
    quote varchar                    -- the words of the source, where they are known
);
insert into published.target
select
    target_id, metric, breakdown, category, cast(compare_year as integer), name_zh, name_en, kind, qualifier, cast(value as decimal(28, 6)), unit, base_period,
    cast(base_year as integer), cast(due_year as integer), scope_zh, scope_en, as_of, cast(is_inferred as boolean), source_zh || ' / ' || source_en, source_zh, source_en, quote
from seed.plan_target;
