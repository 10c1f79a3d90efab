"""A paper as typed values: its sections, its fixed words, composing, editing and comparing it."""
