"""The door for OpenRefine and its like: the W3C Reconciliation API, 0.2 and 1.0-draft, under secret addresses."""
