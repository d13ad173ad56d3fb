-- grain: one row per code list and code: the names of every code in the facts
--   code_list: code list; the column of the facts that holds its codes has its name
--   code: code
--   name_zh: name in Chinese
--   name_en: name in English
--   parent: code above it
create view published.dim_code as
select 'achievement_measure' as code_list, code, name_zh, name_en, parent as parent from seed.achievement_measure
union all
select 'award_grade' as code_list, code, name_zh, name_en, parent as parent from seed.award_grade
union all
select 'award_level' as code_list, code, name_zh, name_en, parent as parent from seed.award_level
union all
select 'award_scheme' as code_list, code, name_zh, name_en, parent as parent from seed.award_scheme
union all
select 'change_kind' as code_list, code, name_zh, name_en, parent as parent from seed.change_kind
union all
select 'city' as code_list, code, name_zh, name_en, parent as parent from seed.city
union all
select 'consortium_role' as code_list, code, name_zh, name_en, parent as parent from seed.consortium_role
union all
select 'correction_verdict' as code_list, code, name_zh, name_en, null as parent from seed.correction_verdict
union all
select 'cost_item' as code_list, code, name_zh, name_en, parent as parent from seed.cost_item
union all
select 'criterion_state' as code_list, code, name_zh, name_en, parent as parent from seed.criterion_state
union all
select 'enterprise_level' as code_list, code, name_zh, name_en, parent as parent from seed.enterprise_level
union all
select 'enterprise_title' as code_list, code, name_zh, name_en, parent as parent from seed.enterprise_title
union all
select 'evaluation_rule' as code_list, code, name_zh, name_en, null as parent from seed.evaluation_rule
union all
select 'evaluation_verdict' as code_list, code, name_zh, name_en, null as parent from seed.evaluation_verdict
union all
select 'flexible_kind' as code_list, code, name_zh, name_en, parent as parent from seed.flexible_kind
union all
select 'forecast_reason' as code_list, code, name_zh, name_en, null as parent from seed.forecast_reason
union all
select 'fund_source' as code_list, code, name_zh, name_en, parent as parent from seed.fund_source
union all
select 'imputation_outcome' as code_list, code, name_zh, name_en, parent as parent from seed.imputation_outcome
union all
select 'industry' as code_list, code, name_zh, name_en, parent as parent from seed.industry
union all
select 'measure_unit' as code_list, code, name_zh, name_en, parent as parent from seed.measure_unit
union all
select 'origin_stage' as code_list, code, name_zh, name_en, parent as parent from seed.origin_stage
union all
select 'patent_event' as code_list, code, name_zh, name_en, parent as parent from seed.patent_event
union all
select 'patent_type' as code_list, code, name_zh, name_en, parent as parent from seed.patent_type
union all
select 'platform_event' as code_list, code, name_zh, name_en, parent as parent from seed.platform_event
union all
select 'platform_kind' as code_list, code, name_zh, name_en, parent as parent from seed.platform_kind
union all
select 'platform_level' as code_list, code, name_zh, name_en, parent as parent from seed.platform_level
union all
select 'policy' as code_list, code, name_zh, name_en, parent as parent from seed.policy
union all
select 'policy_field' as code_list, code, name_zh, name_en, parent as parent from seed.policy_field
union all
select 'project_level' as code_list, code, name_zh, name_en, parent as parent from seed.project_level
union all
select 'project_mechanism' as code_list, code, name_zh, name_en, parent as parent from seed.project_mechanism
union all
select 'project_status' as code_list, code, name_zh, name_en, parent as parent from seed.project_status
union all
select 'rd_activity' as code_list, code, name_zh, name_en, parent as parent from seed.rd_activity
union all
select 'review_decision' as code_list, code, name_zh, name_en, parent as parent from seed.review_decision
union all
select 'scene_status' as code_list, code, name_zh, name_en, parent as parent from seed.scene_status
union all
select 'task_field' as code_list, code, name_zh, name_en, parent as parent from seed.task_field
union all
select 'task_kind' as code_list, code, name_zh, name_en, parent as parent from seed.task_kind
union all
select 'task_standing' as code_list, code, name_zh, name_en, parent as parent from seed.task_standing
union all
select 'task_status' as code_list, code, name_zh, name_en, parent as parent from seed.task_status
union all
select 'upgrade_criterion' as code_list, code, name_zh, name_en, parent as parent from seed.upgrade_criterion
union all
select 'upgrade_readiness' as code_list, code, name_zh, name_en, parent as parent from seed.upgrade_readiness
union all
select 'uptake_status' as code_list, code, name_zh, name_en, parent as parent from seed.uptake_status
union all
select 'value_qualifier' as code_list, code, name_zh, name_en, parent as parent from seed.value_qualifier
union all
select 'value_verification' as code_list, code, name_zh, name_en, parent as parent from seed.value_verification;
