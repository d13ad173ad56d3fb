period_year = 2024 and coalesce(period_month, 2) in (2, 12) or period_year in (1990, 2040) and period_month is null or period_year in (1989, 2041)
