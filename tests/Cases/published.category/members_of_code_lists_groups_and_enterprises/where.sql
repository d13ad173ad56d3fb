breakdown in ('group', 'enterprise', 'patent_type', 'award_role', 'lag', 'base_year', 'total')
