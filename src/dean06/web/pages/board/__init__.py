"""The chair's board."""
