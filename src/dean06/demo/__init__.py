"""Synthetic people, sector files and the demonstration's history."""
