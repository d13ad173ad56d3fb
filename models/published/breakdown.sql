-- grain: one row per breakdown
-- key: breakdown
create table published.breakdown (
    breakdown varchar,               -- identifier
    name_zh varchar,                 -- name in Chinese
    name_en varchar                  -- name in English
);
insert into published.breakdown
select breakdown, name_zh, name_en from seed.breakdown;
