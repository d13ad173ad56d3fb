period_year = 2024
