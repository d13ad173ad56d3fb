-- grain: one row per published number of the programme: targets, baselines and checks, with qualifier, scope, as-of day and source
-- key: target_id
create table published.target (
    target_id varchar,               -- identifier
    metric varchar,                  -- metric that it can be held against; null where there is none yet
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English
    kind varchar,                    -- target, baseline, plan or context
    qualifier varchar,               -- eq, gt, ge, near, about or strive, as the source words it
    value decimal(28, 6),            -- the number
    unit varchar,                    -- its unit
    base_period varchar,             -- period that it refers to
    due_year integer,                -- year by which a target is due
    scope_zh varchar,                -- enterprises that it covers, in Chinese
    scope_en varchar,                -- the same in English
    as_of varchar,                   -- day or month of the statement
    source varchar,                  -- where it was published
    quote varchar                    -- the words of the source
);
insert into published.target
select target_id, metric, name_zh, name_en, kind, qualifier, cast(value as decimal(28, 6)), unit, base_period, cast(due_year as integer), scope_zh, scope_en, as_of, source, quote
from seed.plan_target;
