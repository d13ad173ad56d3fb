group_code <> 'G4'
