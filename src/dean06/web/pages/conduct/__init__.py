"""Pages of conduct: commendations, violations for their readers alone, the replacement of a member."""
