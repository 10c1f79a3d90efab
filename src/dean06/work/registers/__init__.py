"""Registers of the group's work, each a definition in YAML; one engine opens, moves, counts and undoes entries."""
