"""Monthly reports: facts with their sources. Never invents a number."""
