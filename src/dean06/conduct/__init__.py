"""The conduct of those who serve the group: commendations, violations, the replacement of a member."""
