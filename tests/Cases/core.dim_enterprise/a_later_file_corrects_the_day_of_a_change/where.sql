enterprise_key > 0
