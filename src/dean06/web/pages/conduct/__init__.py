"""Pages of conduct: the replacement of a member."""
