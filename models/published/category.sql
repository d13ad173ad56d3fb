-- grain: one row per member of a breakdown
-- key: breakdown, category
create table published.category (
    breakdown varchar,               -- breakdown
    category varchar,                -- code of the member
    name_zh varchar,                 -- name in Chinese
    name_en varchar,                 -- name in English; the Chinese name where there is none
    parent varchar,                  -- code of the member above it
    sort_order integer               -- order in lists
);
insert into published.category
-- Members keep the order of their seed file.
with coded as (
    select 'cost_item' as breakdown, code, name_zh, name_en, parent, rowid as place from seed.cost_item
    union all select 'activity', code, name_zh, name_en, parent, rowid from seed.rd_activity
    union all select 'fund_source', code, name_zh, name_en, parent, rowid from seed.fund_source
    union all select 'patent_type', code, name_zh, name_en, parent, rowid from seed.patent_type
    union all select 'award_level', code, name_zh, name_en, parent, rowid from seed.award_level
    union all select 'award_grade', code, name_zh, name_en, parent, rowid from seed.award_grade
    union all select 'project_level', code, name_zh, name_en, parent, rowid from seed.project_level
    union all select 'project_mechanism', code, name_zh, name_en, parent, rowid from seed.project_mechanism
    union all select 'platform_level', code, name_zh, name_en, parent, rowid from seed.platform_level
    union all select 'platform_kind', code, name_zh, name_en, parent, rowid from seed.platform_kind
    union all select 'platform_event', code, name_zh, name_en, parent, rowid from seed.platform_event
    union all select 'enterprise_title', code, name_zh, name_en, parent, rowid from seed.enterprise_title
    union all select 'achievement_measure', code, name_zh, name_en, parent, rowid from seed.achievement_measure
    union all select 'task_kind', code, name_zh, name_en, parent, rowid from seed.task_kind
    union all select 'task_field', code, name_zh, name_en, parent, rowid from seed.task_field
    union all select 'task_standing', code, name_zh, name_en, parent, rowid from seed.task_standing
    union all select 'scene_status', code, name_zh, name_en, parent, rowid from seed.scene_status
    union all select 'origin_stage', code, name_zh, name_en, parent, rowid from seed.origin_stage
    union all select 'consortium_role', code, name_zh, name_en, parent, rowid from seed.consortium_role
    union all select 'policy', code, name_zh, name_en, parent, rowid from seed.policy
    union all select 'policy_field', code, name_zh, name_en, parent, rowid from seed.policy_field
    union all select 'flexible_kind', code, name_zh, name_en, parent, rowid from seed.flexible_kind
    union all select 'upgrade_criterion', code, name_zh, name_en, parent, rowid from seed.upgrade_criterion
    union all select 'industry', code, name_zh, name_en, parent, rowid from seed.industry
    union all select 'city', code, name_zh, name_en, parent, rowid from seed.city
    union all select 'award_role', code, name_zh, name_en, null, place from (values ('LEAD', '牵头', 'Lead', 1), ('PART', '参与', 'Participating', 2)) as roles (code, name_zh, name_en, place)
    union all select 'lag', code, name_zh, name_en, null, place from (values ('0', '当年', 'same year', 0), ('1', '滞后一年', 'one year earlier', 1), ('2', '滞后两年', 'two years earlier', 2)) as lags (code, name_zh, name_en, place)
    union all select 'sector', code, name_zh, name_en, null, place from (values ('IND', '工业企业（GB/T 4754 B—D门类）', 'Industrial enterprises (sections B to D of GB/T 4754)', 1), ('REST', '其他企业', 'Other enterprises', 2)) as sectors (code, name_zh, name_en, place)
    union all select 'total', 'all', '合计', 'Total', null, 1
    union all select 'base_year', code, '以' || code || '年为基期', 'base ' || code, null, cast(code as integer) from (values ('2020'), ('2022'), ('2023')) as bases (code)
),
enterprises as (
    select enterprise_code, enterprise_name, group_code, enterprise_level from core.dim_enterprise where is_current and enterprise_key >= 0
),
groups as (
    select group_code, any_value(group_name) as group_name from core.dim_enterprise where enterprise_key >= 0 group by all
)
select breakdown, code, name_zh, name_en, parent, cast(row_number() over (partition by breakdown order by place) as integer) from coded
union all
select 'group', group_code, group_name, group_name, null, cast(row_number() over (order by group_code) as integer) from groups
union all
select 'enterprise', enterprise_code, enterprise_name, enterprise_name, group_code, cast(row_number() over (order by enterprise_code) as integer) from enterprises;
