-- grain: one row per column and column that its value is made of; what only decides which rows there are is not among them
-- key: relation, column_name, source_relation, source_column
create table published.column_lineage (
    relation varchar,                -- table or view, as schema.name
    column_name varchar,             -- its column
    source_relation varchar,         -- table that the column's expression reads, as schema.name
    source_column varchar            -- column of that table
);
insert into published.column_lineage
select relation, column_name, source_relation, source_column from seed.column_lineage;
