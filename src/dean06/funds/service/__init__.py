"""The face of funds, one module a noun of the office."""
