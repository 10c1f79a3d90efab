"""A regulation as data: provisions, norms, readings; `decide` and `obligations`. Pure."""
