-- 到2028年还差多少 / What is missing until 2028
select name_zh, name_en, actual, target_value, missing, due_year, standing from published.target_progress
join published.target using (target_id, name_zh, name_en)
where is_latest and target_progress.kind <> 'reference'
order by missing desc, target_id;
