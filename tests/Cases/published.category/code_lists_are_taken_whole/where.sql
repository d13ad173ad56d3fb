breakdown in ('cost_item', 'activity', 'fund_source', 'award_level', 'award_grade', 'industry')
