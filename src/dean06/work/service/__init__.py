"""The face of work, one module a noun of the office."""
