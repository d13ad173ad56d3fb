-- grain: one row per evaluated group and year: score, ranks and how firm they are, by an example system and not the official one
-- key: system, group_code, period_year
create table published.evaluation_score (
    system varchar,                  -- system of evaluation; see seed.evaluation_system
    group_code varchar,              -- group that is evaluated
    period_year integer,             -- year that is evaluated
    class varchar,                   -- class of the group; see seed.evaluation_class
    standing varchar,                -- scored, provisional (rests on a figure that is not final) or none (no score)
    rule varchar,                    -- rule that kept the group from a score; see seed.evaluation_rule
    concerned varchar,               -- indicators that the rule is about, joined by ;
    decided integer,                 -- indicators whose value was decided on appeal
    base_score decimal(9, 2),        -- sum of the contributions of the indicators, 0 to 100
    geometric_score decimal(9, 2),   -- geometric mean of the same by the same weights, each at least 1: shows what balance would change; without bonus and veto
    bonus decimal(9, 2),             -- points of bonus items
    veto decimal(9, 2),              -- points of veto items, never above 0
    score decimal(9, 2),             -- base score, bonus and veto together
    rank integer,                    -- place among all groups with a score; equal scores share the place
    rank_in_class integer,           -- place among those of the class
    ranked integer,                  -- groups with a score
    ranked_in_class integer,         -- of which in the class
    rank_low integer,                -- best place when the weights are perturbed
    rank_high integer,               -- worst place when the weights are perturbed
    score_before decimal(9, 2),      -- score of the year before under the same system
    score_change decimal(9, 2),      -- points more than the year before
    rank_before integer,             -- place the year before
    rank_change integer,             -- places gained since; below 0 lost
    may_tell_rank_change boolean,    -- the ranges of both years do not overlap: only then may a change of place be spoken of
    is_synthetic boolean,            -- rests on constructed sample data
    class_zh varchar,                -- name of the class in Chinese
    class_en varchar,                -- name of the class in English
    system_zh varchar,               -- name of the system in Chinese
    system_en varchar,               -- name of the system in English
    notice_zh varchar,               -- what the system is, in Chinese: an example, not the official one
    notice_en varchar                -- what the system is, in English
);
insert into published.evaluation_score
with scored as (
    select
        system, group_code, period_year, class, bool_or(is_synthetic) as is_synthetic, cast(count(*) filter (where rule = 'DECIDED') as integer) as decided,
        min(rule) filter (where kind = 'indicator' and rule in ('MISSING', 'LOW_RESPONSE', 'INCOMPLETE')) as rule,
        string_agg(part, ';' order by part) filter (where kind = 'indicator' and rule in ('MISSING', 'LOW_RESPONSE', 'INCOMPLETE')) as concerned,
        bool_or(rule = 'PROVISIONAL') as is_provisional,
        cast(sum(contribution) filter (where kind = 'indicator') as decimal(9, 2)) as base_score,
        cast(coalesce(sum(contribution) filter (where kind = 'bonus'), 0) as decimal(9, 2)) as bonus,
        cast(coalesce(sum(contribution) filter (where kind = 'veto'), 0) as decimal(9, 2)) as veto,
        -- A mean that knows no zero: one indicator at its floor must not wipe out all others (OECD/JRC Handbook, step 6).
        cast(round(exp(sum(cast(weight as double) * ln(greatest(cast(normalised as double), 1))) filter (where weight > 0)), 2) as decimal(9, 2)) as geometric
    from published.evaluation_part
    group by all
),
summed as (
    select *, base_score + bonus + veto as score from scored
),
ranked as (
    select
        *,
        cast(rank() over (partition by system, period_year order by score desc nulls last) as integer) as place,
        cast(rank() over (partition by system, period_year, class order by score desc nulls last) as integer) as place_in_class,
        cast(count(score) over (partition by system, period_year) as integer) as ranked,
        cast(count(score) over (partition by system, period_year, class) as integer) as ranked_in_class
    from summed
),
-- Weights moved at random and the ranks taken again: how firm a place is (OECD/JRC Handbook on Constructing Composite Indicators, step 7).
-- A draw is a number made from seed, draw, class and indicator alone, so that every machine draws the same.
draws as (
    select s.system, s.draw_seed, cast(s.spread as integer) as spread, cast(n.draw as integer) as draw
    from seed.evaluation_system as s
    cross join (select unnest(range(1, (select max(cast(draws as integer)) from seed.evaluation_system) + 1)) as draw) as n
    where n.draw <= cast(s.draws as integer)
),
factors as (
    select
        d.system, d.draw, w.class, w.indicator,
        1000 - 10 * d.spread + cast(md5_number_lower(d.draw_seed || ':' || d.draw || ':' || w.class || ':' || w.indicator) % (20 * d.spread + 1) as integer) as factor
    from draws as d
    join seed.evaluation_indicator as i on i.system = d.system
    join seed.evaluation_weight as w on w.indicator = i.indicator
),
-- In whole numbers, rounded once half up: places near a tie must not hang on the last bit of a double.
drawn as (
    select system, period_year, group_code, draw, (2 * above + 100 * below) // (200 * below) as drawn_cents
    from (
        select
            p.system, p.period_year, p.group_code, f.draw,
            sum(cast(p.normalised * 10000 as bigint) * cast(p.weight * 1000000 as bigint) * f.factor) as above,
            sum(cast(p.weight * 1000000 as bigint) * f.factor) as below
        from published.evaluation_part as p
        join factors as f on f.system = p.system and f.class = p.class and f.indicator = p.part
        where p.kind = 'indicator' and p.contribution is not null and p.weight > 0
        group by all
    )
),
replaced as (
    select
        d.system, d.period_year, d.group_code,
        rank() over (partition by d.system, d.period_year, d.draw order by d.drawn_cents + cast((s.bonus + s.veto) * 100 as integer) desc) as place
    from drawn as d
    join summed as s on s.system = d.system and s.group_code = d.group_code and s.period_year = d.period_year
),
-- The places between which the interval's share of the draws lies; the place itself is always within.
ranged as (
    select
        r.system, r.period_year, r.group_code,
        list_sort(list(r.place))[1 + count(*) * (100 - min(cast(s.interval as integer))) // 200] as low,
        list_sort(list(r.place))[count(*) - count(*) * (100 - min(cast(s.interval as integer))) // 200] as high
    from replaced as r
    join seed.evaluation_system as s on s.system = r.system
    group by all
),
firm as (
    select k.*, cast(least(r.low, k.place) as integer) as rank_low, cast(greatest(r.high, k.place) as integer) as rank_high
    from ranked as k
    left join ranged as r on r.system = k.system and r.group_code = k.group_code and r.period_year = k.period_year
),
-- Only what was scored under the same system, with the same goalposts, is compared.
beside as (
    select
        a.*, b.score as score_before, case when b.score is not null then b.place end as rank_before, b.rank_low as low_before, b.rank_high as high_before
    from firm as a
    left join firm as b on b.system = a.system and b.group_code = a.group_code and b.period_year = a.period_year - 1
)
select
    b.system, group_code, period_year, b.class, case when score is null then 'none' when is_provisional then 'provisional' else 'scored' end, rule, concerned, decided,
    base_score, case when score is not null then geometric end, case when score is not null then bonus end, case when score is not null then veto end, score,
    case when score is not null then place end, case when score is not null then place_in_class end, ranked, ranked_in_class,
    case when score is not null then rank_low end, case when score is not null then rank_high end,
    score_before, score - score_before, rank_before, case when score is not null then rank_before - place end,
    coalesce(place <> rank_before and (rank_high < low_before or rank_low > high_before), false) and score is not null,
    is_synthetic, c.name_zh, c.name_en, s.name_zh, s.name_en, s.notice_zh, s.notice_en
from beside as b
join seed.evaluation_system as s on s.system = b.system
left join seed.evaluation_class as c on c.class = b.class;
