period_year = 2024 and kind = 'indicator'
