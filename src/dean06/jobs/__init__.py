"""Long work, progress, schedules."""
