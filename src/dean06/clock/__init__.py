"""Time: now and today, working days and holidays. The only source of time."""
