"""Pages of the agencies' monthly reports: the board of a month, one report, and what is done with it."""
