"""Asking the population service row by row: paced, under a purpose, and kept so that no kill asks anybody twice."""
