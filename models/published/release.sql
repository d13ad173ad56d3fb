-- grain: one row: what this release is
-- key: release_id
create table published.release (
    release_id varchar,              -- identifier: running number and the beginning of the input hash
    as_of date,                      -- day on which the latest return in it was filled in
    is_synthetic boolean,            -- true where any figure rests on constructed sample data
    definition_hash varchar,         -- SHA-256 over the definitions
    input_hash varchar,              -- SHA-256 over the hashes of the received files
    input_count integer,             -- received files
    finding_errors integer,          -- findings of grade error
    finding_warnings integer         -- findings of grade warning
);
insert into published.release
select
    b.release_id, (select max(filled_on) from core.dim_return where is_latest),
    (select coalesce(bool_or(is_synthetic), false) from core.dim_return), b.definition_hash, b.input_hash,
    (select cast(count(*) as integer) from landing.file),
    (select cast(coalesce(sum(coalesce(more, 1)), 0) as integer) from landing.finding where severity = 'error'),
    (select cast(coalesce(sum(coalesce(more, 1)), 0) as integer) from landing.finding where severity = 'warning')
from seed.build as b;
