-- A file reads
select * from '{D}/secret.csv'
select * from read_blob('/etc/hostname')
select * from read_parquet('/etc/passwd')
select * from sniff_csv('{D}/secret.csv')
select * from read_csv('/dev/stdin')
select * from read_csv('http://127.0.0.1:1/x.csv')
select count(*), octet_length(any_value(content)) from read_blob('{DB}')
select * from glob('{D}/spill/*')
select getenv('HOME')
select extension_name from duckdb_extensions() limit 1
select * from pragma_storage_info('secret_tbl') limit 1
-- B file writes
copy mart.fact to '{D}/spill/out.csv'
copy (select 1) to '{DB}.wal' (format csv)
export database '{D}/spill/exp'
attach '{D}/new.duckdb' as n
attach ':memory:' as m
attach 'md:' as md
pragma enable_profiling='json'
pragma profiling_output='{D}/prof.json'
call enable_logging()
set log_query_path='{D}/q.log'
create secret s (type http, bearer_token 'x')
-- C extensions
install httpfs
force install httpfs from 'http://127.0.0.1'
install excel from community
-- D settings
set enable_external_access=true
reset enable_external_access
set lock_configuration=false
set memory_limit='100GB'
set max_temp_directory_size='1TB'
use mart
set variable x=1
pragma add_parquet_key('k','0123456789112345')
-- E writes to db
create temp table t as select * from range(10)
create temp macro m(a) as 'spoof'
insert into mart.fact values (1,1,'a')
create table memory.t(i int)
alter table mart.fact rename to f2
-- F multi statements / prepared tricks
select 1; set lock_configuration=false; select current_setting('lock_configuration')
prepare p as copy (select 1) to '{D}/out4.csv'; execute p
select * from query_table('{D}/secret.csv')
pragma import_database('{D}/exp')
pragma database_list
select * from duckdb_settings() where name='temp_directory'
select sleep_ms(10)
load parquet
select * from duckdb_memory() limit 1
-- G more
use system
begin; create temp table z(i int); commit
from sql_auto_complete('SEL')
select checkpoint('wh')
select * from pragma_database_size()

-- H the release, its log and what lies beside it
copy (select 'x'::blob) to '{DB}' (format blob, use_tmp_file false)
copy (select '\x00'::blob) to '{DB}.wal' (format blob)
copy (select 1) to '{DB}.wal.recovery' (format blob)
explain analyze copy (select 1) to '{D}/x'
explain copy (select 1) to '{D}/x'
from enable_logging()
from force_checkpoint('wh')
create temp table t as copy (select 1) to '{D}/x'
create temp view fact as from read_text('/etc/passwd')
create temp table "{D}/x.csv" as select 1
create temp table duckdb_settings as select 1
create table t as select 1
create or replace view published.figure as select 1
drop table core.finance
drop table temp.main.t; drop table core.finance
truncate core.finance
-- I files by other words
from '/proc/self/mem'
from 'file:///etc/passwd'
from "/etc/passwd"
from read_text(['/etc/passwd'])
from query('from read_text(''/etc/passwd'')')
from query_table(['/etc/passwd'])
with t as materialized (from read_text('/etc/passwd')) from t
select (select content from read_text('/etc/passwd'))
select * from published.figure where exists (from read_text('/etc/passwd'))
create temp macro f() as table from read_text('/etc/passwd')
describe '/etc/passwd'
summarize '/etc/passwd'
summarize from read_csv('/etc/passwd')
pivot '/etc/passwd' on column0 using count(*)
pivot (from read_text('/etc/passwd')) on filename using count(*)
pivot published.stage on (select content from read_text('/etc/passwd')) using count(*)
unpivot (from read_text('/etc/passwd')) on content
from (describe '/etc/passwd')
explain from read_text('/etc/passwd')
from published.figure f, lateral (from read_text(f.metric))
select * from published.figure union all by name from read_csv('/etc/passwd')
select list_transform([1], x -> (select content from read_text('/etc/passwd')))
from json_execute_serialized_sql(json_serialize_sql('from read_text(''/etc/passwd'')'))
pragma json_execute_serialized_sql('x')
-- J comments, quotes and several statements
select 1;;copy (select 1) to '{D}/x'
/*x*/select 1--
select 1 /* ; copy (select 1) to '{D}/x' */
select $$;$$ as a; copy (select 1) to '{D}/x'
select 1 /* /* */ ; copy (select 1) to '{D}/x' */
select E'\'; copy (select 1) to ''{D}/x'' --'
pivot published.stage on stage using count(*) /* in */; copy (select 1) to '{D}/x'
explain select 1; copy (select 1) to '{D}/x'
execute p
prepare p as select 1
deallocate p
call pragma_version()
-- K settings and the machine
from duckdb_databases
from duckdb_databases()
from pragma_database_list
from pg_catalog.pg_settings
from pg_settings
from duckdb_logs
from duckdb_secrets()
from duckdb_temporary_files()
from duckdb_external_file_cache()
show databases
show variables
select current_setting('temp_directory')
select getvariable('x')
set schema 'core'
set variable p='/etc/passwd'
reset all
begin
attach '{DB}' as x (type sqlite)
detach wh
load '{D}/x.duckdb_extension'
install json
vacuum
checkpoint
comment on table core.finance is 'x'
select (repeat('[',20000)||repeat(']',20000))::json::variant
select json_structure(repeat('[',100000)||repeat(']',100000))
select try_cast('[]'::json as variant)
select write_log('x')
-- L by the names of what is allowed
from fact.read_text('/etc/passwd')
from system.main.read_text('/etc/passwd')
from main.read_text('/etc/passwd')
from system.main.duckdb_settings
from temp.pg_catalog.pg_settings
from temp.main.pragma_database_list
select system.main.getenv('HOME')
select variant_normalize('[]')
select ('[]'::json)::variant[]
show tables from '/etc/passwd'
create temp view v as select * from temp.main.duckdb_settings
from sniff_csv('{D}/secret.csv')
explain (format json) select 1
values ((select content from read_text('/etc/passwd')))
