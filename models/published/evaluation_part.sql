-- grain: one row per evaluated group, year and part of its score: indicators, bonus items and veto items of seeds/evaluation_*.csv, an example and not the official system
-- key: system, group_code, period_year, part
create table published.evaluation_part (
    system varchar,                  -- system of evaluation; see seed.evaluation_system
    group_code varchar,              -- group that is evaluated
    period_year integer,             -- year that is evaluated
    part varchar,                    -- indicator or item; see seed.evaluation_indicator and seed.evaluation_item
    kind varchar,                    -- indicator, bonus or veto
    class varchar,                   -- class of the group; see seed.evaluation_class
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English
    metric varchar,                  -- metric of the figure
    unit varchar,                    -- unit of the value
    figure_id varchar,               -- published figure that the value comes from, for trace; null where there is none
    published_value decimal(28, 6),  -- value of the published figure
    value decimal(28, 6),            -- value that counts: the published one, the decided one, or the zero of what is listed line by line
    rule varchar,                    -- rule by which it counts or does not; see seed.evaluation_rule
    reason varchar,                  -- why another value than the published one was decided
    floor decimal(28, 6),            -- value that gives 0; of items the threshold
    goal decimal(28, 6),             -- value that gives 100; null for items
    normalised decimal(9, 4),        -- place of the value between floor and goal, 0 to 100; null for items and without a value
    weight decimal(9, 6),            -- weight in the class, after the weight of what is missing was spread; null for items
    contribution decimal(9, 2),      -- points of the part: normalised times weight; bonus above and veto below zero; null where the group has no score
    contribution_before decimal(9, 2), -- the same the year before under the same system
    change decimal(9, 2),            -- points more than the year before
    change_by_value decimal(9, 2),   -- of which because the value moved
    change_by_weight decimal(9, 2),  -- of which because the weight moved: another class, or the weight of a missing indicator spread
    is_synthetic boolean,            -- rests on constructed sample data
    rule_zh varchar,                 -- the rule in Chinese
    rule_en varchar                  -- the rule in English
);
insert into published.evaluation_part
with parts as (
    select system, indicator as part, 'indicator' as kind, metric, direction as compare, missing_rule, null as name_zh, null as name_en,
        cast(floor as decimal(28, 6)) as floor, cast(goal as decimal(28, 6)) as goal, null as points, null as cap
    from seed.evaluation_indicator
    union all
    select system, item, kind, metric, compare, missing_rule, name_zh, name_en, cast(threshold as decimal(28, 6)), null, cast(points as decimal(9, 2)), cast(cap as decimal(9, 2))
    from seed.evaluation_item
),
figure as (
    select f.figure_id, f.metric, f.category as group_code, f.period_year, f.value, f.status, f.may_tell_growth, f.is_synthetic
    from published.figure as f
    semi join parts on parts.metric = f.metric
    where f.breakdown = 'group' and f.period_kind = 'year' and f.value is not null
),
-- Years of which there is a figure of any metric; an item that nobody has listed in such a year is none.
evaluated as (
    select s.system, s.incomplete_rule, s.low_response_rule, y.period_year, y.is_synthetic, e.enterprise_code as group_code, e.industry
    from (select period_year, bool_or(is_synthetic) as is_synthetic from figure group by all) as y
    join seed.evaluation_system as s on y.period_year between cast(s.from_year as integer) and coalesce(cast(s.to_year as integer), 9999)
    join core.dim_enterprise as e on e.enterprise_level = 'G' and make_date(y.period_year, 12, 31) between e.valid_from and e.ends_on
),
listed as (select distinct metric, period_year from figure),
-- A group that is named stands above its industry, and a longer prefix of the industry above a shorter.
placed as (
    select v.group_code, v.period_year, v.system, max_by(c.class, c.closeness) as class
    from evaluated as v
    join (
        select class, prefix, case prefix when '*' then 0 else length(prefix) end as closeness, false as is_group
        from (select class, unnest(string_split(industries, ';')) as prefix from seed.evaluation_class where industries is not null)
        union all
        select class, prefix, 1000, true from (select class, unnest(string_split(groups, ';')) as prefix from seed.evaluation_class where groups is not null)
    ) as c on case when c.is_group then v.group_code = c.prefix else c.prefix = '*' or starts_with(v.industry, c.prefix) end
    group by all
),
decided as (
    select r.enterprise_code as group_code, p.period_year, d.indicator, d.decided_value, d.reason
    from core.evaluation_decision as d
    join core.dim_return as r using (return_id)
    join core.dim_period as p on p.period_key = d.period_key
    where d.is_in_force and d.decided_value is not null
),
held as (
    select
        v.system, v.group_code, v.period_year, t.part, t.kind, c.class, coalesce(t.name_zh, m.name_zh) as name_zh, coalesce(t.name_en, m.name_en) as name_en, t.metric, m.unit,
        t.floor, t.goal, t.compare, t.points, t.cap, f.figure_id, f.value as published_value, d.reason, coalesce(f.is_synthetic, v.is_synthetic) as is_synthetic,
        case when t.kind = 'indicator' then coalesce(cast(w.weight as decimal(9, 6)), 0) end as full_weight,
        coalesce(d.decided_value, f.value, case when t.missing_rule = 'ZERO' and l.metric is not null then 0 end) as value,
        case
            when t.kind = 'indicator' and coalesce(cast(w.weight as decimal(9, 6)), 0) = 0 then 'UNWEIGHTED'
            when d.decided_value is not null then 'DECIDED'
            when f.value is null and t.missing_rule = 'ZERO' and l.metric is not null then 'ZERO'
            when f.value is null and t.kind <> 'indicator' then 'NOT_JUDGED'
            when f.value is null and t.missing_rule = 'REWEIGHT' then 'REWEIGHTED'
            when f.value is null then 'MISSING'
            when not f.may_tell_growth and v.low_response_rule = 'NO_SCORE' then 'LOW_RESPONSE'
            when f.status = 'provisional' and v.incomplete_rule = 'NO_SCORE' then 'INCOMPLETE'
            when f.status = 'provisional' or not f.may_tell_growth then 'PROVISIONAL'
            else 'USED'
        end as rule
    from evaluated as v
    join placed as c on c.group_code = v.group_code and c.period_year = v.period_year and c.system = v.system
    join parts as t on t.system = v.system
    join seed.metric as m on m.metric = t.metric
    left join seed.evaluation_weight as w on w.class = c.class and w.indicator = t.part
    left join figure as f on f.metric = t.metric and f.group_code = v.group_code and f.period_year = v.period_year
    left join listed as l on l.metric = t.metric and l.period_year = v.period_year
    left join decided as d on d.group_code = v.group_code and d.period_year = v.period_year and d.indicator = t.part
),
scaled as (
    select
        *,
        -- Not without a value: least and greatest pass over nulls, and what is missing would stand at the floor.
        case when kind = 'indicator' and value is not null then cast(least(100, greatest(0,
            case compare when 'lower' then core.percent(floor - value, floor - goal) else core.percent(value - floor, goal - floor) end)) as decimal(9, 4)) end as normalised,
        case
            when kind <> 'indicator' then null when rule = 'REWEIGHTED' then 0
            else cast(core.quotient(full_weight, sum(case when rule <> 'REWEIGHTED' then full_weight end) over of_group) as decimal(9, 6))
        end as weight,
        bool_or(kind = 'indicator' and rule in ('MISSING', 'LOW_RESPONSE', 'INCOMPLETE')) over of_group as is_blocked,
        kind = 'veto' and rule not in ('LOW_RESPONSE', 'INCOMPLETE') and case compare when 'lt' then value < floor else value > floor end as is_vetoed
    from held
    window of_group as (partition by system, group_code, period_year)
),
earned as (
    select
        *,
        case kind
            when 'indicator' then round(cast(coalesce(normalised, 0) as decimal(9, 4)) * weight, 2)
            when 'bonus' then case when value >= floor and rule not in ('LOW_RESPONSE', 'INCOMPLETE') then least(cap, points * cast(floor(core.quotient(value, floor)) as integer)) else 0 end
            else 0
        end as earned,
        case when is_vetoed then coalesce(points, 0) else 0 end as taken
    from scaled
),
-- Vetoes take points off one after the other, never below zero; then the lowest cap holds.
running as (
    select
        *,
        sum(earned) over of_group as total,
        sum(taken) over (of_group order by kind, part rows unbounded preceding) as taken_to_here,
        sum(taken) over of_group as taken_in_all,
        row_number() over (of_group order by case when is_vetoed then cap end nulls last, part) = 1 and is_vetoed and cap is not null as is_capping
    from earned
    window of_group as (partition by system, group_code, period_year)
),
contributed as (
    select
        *,
        case when not is_blocked then cast(
            earned - (least(total, taken_to_here) - least(total, taken_to_here - taken))
            - case when is_capping then greatest(0, total - least(total, taken_in_all) - cap) else 0 end
        as decimal(9, 2)) end as contribution
    from running
),
beside as (
    select
        *,
        case when lag(period_year) over of_part = period_year - 1 then lag(contribution) over of_part end as contribution_before,
        lag(normalised) over of_part as normalised_before, lag(weight) over of_part as weight_before
    from contributed
    window of_part as (partition by system, group_code, part order by period_year)
),
moved as (
    select
        *, contribution - contribution_before as change,
        case
            when contribution_before is null then null
            when kind <> 'indicator' or weight = weight_before then contribution - contribution_before
            -- The mean of both weights; what the weight did is the rest, so that both sum to the change as it is shown.
            else coalesce(round(cast(normalised - normalised_before as decimal(9, 4)) * cast(weight + weight_before as decimal(9, 6)) / 2, 2), 0)
        end as change_by_value
    from beside
)
select
    system, group_code, period_year, part, kind, class, m.name_zh, m.name_en, metric, unit, figure_id, published_value, value, rule, case when rule = 'DECIDED' then reason end,
    floor, goal, normalised, weight, contribution, contribution_before, change, change_by_value, change - change_by_value, is_synthetic, r.name_zh, r.name_en
from moved as m
join seed.evaluation_rule as r on r.code = m.rule;
