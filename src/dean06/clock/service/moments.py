"""One moment: the instant at which a page is asked for, in which what is read twice is read once.

Within `moment` the clock stands, so that no page straddles midnight, and a function marked `once_a_moment` answers from
its first reading. Outside, every call reads. An act never runs in one: it reads what stands when it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

__all__ = ["instant", "moment", "once_a_moment"]


@dataclass(frozen=True, slots=True)
class _Moment:
    """An instant and what was read in it, by function and arguments."""

    at: datetime
    read: dict[object, Any] = field(default_factory=dict)


_held: ContextVar[_Moment | None] = ContextVar("dean06_moment", default=None)


def instant() -> datetime:
    """Return the present instant (UTC): that of the moment, where one is held."""
    held = _held.get()
    return held.at if held else datetime.now(UTC)  # noqa: TID251  this is the one source of time


@contextmanager
def moment() -> Iterator[None]:
    """Hold a moment for this context; one within another is the same moment."""
    if _held.get() is not None:
        yield
        return
    token = _held.set(_Moment(instant()))
    try:
        yield
    finally:
        _held.reset(token)


def once_a_moment(read: Callable[P, R]) -> Callable[P, R]:
    """Mark a function whose answer, to be looked at and not changed, is kept for the length of a moment.

    Its arguments must be hashable.
    """

    @wraps(read)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        held = _held.get()
        if held is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in held.read:
            held.read[key] = read(*args, **kwargs)
        answer: R = held.read[key]
        return answer

    return asked
