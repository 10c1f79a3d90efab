"""The face of conduct, one module a noun of the office."""
