"""How rare a value is in the register, in thousandths of a bit, fixed when the register is prepared.

A small register knows few names and dates, so its counts are seen beside a background of people like any others: how
many, and how many of them hold any one value.
"""

from __future__ import annotations

from dean06.reconcile.engine.model import BIT

BACKGROUND = {"name": (50_000, 1.0), "day": (50_000, 1.7), "year": (50_000, 600.0), "place": (20, 2.0)}


def rarity(count: str, people: str, kind: str) -> str:
    """Return SQL for the bits by which a value held by so many of these people is rare."""
    more, holders = BACKGROUND[kind]
    return f"round({BIT} * log2(({people} + {more}.0) / (coalesce({count}, 0) + {holders})))::int"
