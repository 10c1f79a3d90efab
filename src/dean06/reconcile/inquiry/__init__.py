"""A list matched without a register: what the population service answers becomes one, and the engine judges.

The engine is the same as behind a snapshot. It only sees the rows that the service has confirmed: a register of a few
people knows no namesakes, so by itself it would be surer than it may be.
"""
