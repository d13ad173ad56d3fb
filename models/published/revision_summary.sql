-- grain: one row per amount and breakdown: how far the figures in force lie from those first returned
-- key: metric, breakdown
create table published.revision_summary (
    metric varchar,                  -- what is measured
    breakdown varchar,               -- total, group or enterprise
    revised integer,                 -- figures that a later return has changed
    mean_revision_percent decimal(28, 6), -- mean of latest over first less 1, of the revised ones: a bias in one direction
    mean_absolute_revision_percent decimal(28, 6), -- the same without sign: how much it moves
    largest_revision_percent decimal(28, 6) -- the largest of them without sign
);
insert into published.revision_summary
with revised as (
    select metric, breakdown, core.percent(change, first_value) as revision_percent
    from published.revision
    where latest_value is not null and first_value > 0
)
select
    metric, breakdown, cast(count(*) as integer), cast(round(avg(revision_percent), 6) as decimal(28, 6)),
    cast(round(avg(abs(revision_percent)), 6) as decimal(28, 6)), max(abs(revision_percent))
from revised
group by all;
