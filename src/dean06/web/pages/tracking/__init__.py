"""Sổ theo dõi: one set of pages for every register of the group's work."""
