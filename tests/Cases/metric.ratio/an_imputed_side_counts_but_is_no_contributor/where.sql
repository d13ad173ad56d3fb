breakdown = 'total'
