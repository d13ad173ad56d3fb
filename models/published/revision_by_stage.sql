-- grain: one row per amount, breakdown and stage: how far its figures lay at that stage from those in force
-- key: metric, breakdown, stage
create table published.revision_by_stage (
    metric varchar,                  -- what is measured
    breakdown varchar,               -- total or group
    stage varchar,                   -- flash, preliminary, final or revised
    figures integer,                 -- figures that went through the stage
    mean_revision_percent decimal(28, 6), -- mean of the figure in force over the last one of the stage less 1: a bias in one direction
    mean_absolute_revision_percent decimal(28, 6), -- the same without sign: how much it moves
    largest_revision_percent decimal(28, 6) -- the largest of them without sign
);
insert into published.revision_by_stage
with last_of_stage as (
    select metric, breakdown, category, period, stage, arg_max(value, vintage_no) as value from published.vintage group by all
),
in_force as (
    select metric, breakdown, category, period, arg_max(value, vintage_no) as value from published.vintage group by all
),
revised as (
    select s.metric, s.breakdown, s.stage, core.percent(f.value - s.value, s.value) as revision_percent
    from last_of_stage as s
    join in_force as f using (metric, breakdown, category, period)
    where s.value > 0
)
select
    metric, breakdown, stage, cast(count(*) as integer), cast(round(avg(revision_percent), 6) as decimal(28, 6)),
    cast(round(avg(abs(revision_percent)), 6) as decimal(28, 6)), max(abs(revision_percent))
from revised
group by all;
