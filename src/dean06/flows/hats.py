"""Hats: the seat a person chose to act in where several may, and under which one each act of a request was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from dean06.offices.types import Capacity

__all__ = ["Worn", "chosen", "note", "noting", "wearing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """An act that was permitted: what, in which seat, under which clauses, and whether by an acting power."""

    action: str
    role: str
    capacity: Capacity | None
    clauses: tuple[str, ...]
    absent: bool
    delegated: bool


_CHOSEN: ContextVar[int | None] = ContextVar("dean06_hat", default=None)
_NOTED: ContextVar[list[Worn] | None] = ContextVar("dean06_worn", default=None)


@contextmanager
def wearing(seat_id: int | None) -> Iterator[None]:
    """Prefer one seat of the person for the acts inside, wherever more than one of theirs may do an act."""
    token = _CHOSEN.set(seat_id)
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def chosen(capacity: Capacity | None) -> bool:
    """Say whether this is the seat that the person chose to act in."""
    return capacity is not None and capacity.seat_id == _CHOSEN.get()


@contextmanager
def noting() -> Iterator[list[Worn]]:
    """Collect under which hat each act inside was permitted."""
    found: list[Worn] = []
    token = _NOTED.set(found)
    try:
        yield found
    finally:
        _NOTED.reset(token)


def note(worn: Worn) -> None:
    """Remember that an act was permitted, where somebody collects."""
    kept = _NOTED.get()
    if kept is not None:
        kept.append(worn)
