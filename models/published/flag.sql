-- grain: one row per flag of a figure, in the order in which published.figure.flags lists them
-- key: flag
create table published.flag (
    flag varchar,                    -- code, as in published.figure.flags
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English
    symbol varchar,                  -- mark behind a number that has it
    obs_status varchar,              -- SDMX code of CL_OBS_STATUS, of which an observation has the first of its flags that has one; null where there is none
    conf_status varchar,             -- SDMX code of CL_CONF_STATUS; null where it is free
    rule_zh varchar,                 -- when a figure has it, in Chinese
    rule_en varchar,                 -- when a figure has it, in English
    sort_order integer               -- place in the list
);
insert into published.flag
select flag, name_zh, name_en, symbol, obs_status, conf_status, rule_zh, rule_en, cast(row_number() over () as integer) from seed.figure_flag;
