"""Pages of agencies' software: accounts, calls, and the addresses at which it is told."""
