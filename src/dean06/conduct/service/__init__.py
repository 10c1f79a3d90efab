"""The face of conduct, one module a noun."""
