"""Tasks with one lead agency, a clause and a deadline."""
