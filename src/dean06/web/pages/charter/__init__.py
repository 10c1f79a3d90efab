"""Quy chế: reading it, writing it, changing it."""
