metric in ('rd_expense_yoy', 'revenue_yoy') and (breakdown = 'total' or breakdown = 'enterprise' and category = 'A')
