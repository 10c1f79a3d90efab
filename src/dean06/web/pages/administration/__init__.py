"""Pages of whoever answers for accounts: they hold no power of a charter and see no group's work."""
