breakdown <> 'enterprise'
