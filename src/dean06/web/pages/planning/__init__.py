"""Pages of programmes and plans: the year's list, one plan with its lines, the import of a higher plan's list."""
