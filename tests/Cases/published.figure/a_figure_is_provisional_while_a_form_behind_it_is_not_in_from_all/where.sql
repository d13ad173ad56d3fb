value is not null
