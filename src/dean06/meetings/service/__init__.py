"""The face of meetings, one module a noun of the office."""
