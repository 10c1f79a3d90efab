"""Pages of conduct: commendations, and violations for their readers alone."""
