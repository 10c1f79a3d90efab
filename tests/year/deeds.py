"""One thing that somebody does at an hour."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from year.pages import Refused
from year.script import Script

__all__ = ["Deed", "number_in", "refused", "typed"]


@dataclass(frozen=True)
class Deed:
    """When, what, and how it is done on the pages."""

    at: datetime
    told: str
    done: Callable[[], object]


def refused(done: Callable[[], object]) -> Callable[[], object]:
    """Turn a deed into one that the pages must not let happen."""

    def tried() -> None:
        with pytest.raises(Refused):
            done()

    return tried


def number_in(address: str, after: str) -> int:
    """The number of what a page shows, from its address."""
    found = re.search(rf"/{after}/(\d+)/", address)
    if found is None:
        raise AssertionError(f"{address} names no number after {after}")
    return int(found[1])


def typed(script: Script, written: Any) -> str:
    """A day of the script as somebody types it."""
    return f"{script.day(written):%d/%m/%Y}"
