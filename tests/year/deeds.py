"""One thing that somebody does at an hour."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from year.script import Script

__all__ = ["Deed", "day", "number_in", "vote_words"]


@dataclass(frozen=True)
class Deed:
    """When, what, and how it is done on the pages."""

    at: datetime
    told: str
    done: Callable[[], object]


def day(moment: datetime) -> str:
    """A day as somebody types it into a form."""
    return f"{moment:%d/%m/%Y}"


def number_in(address: str, after: str) -> int:
    """The number of what a page shows, from its address."""
    found = re.search(rf"/{after}/(\d+)/", address)
    if found is None:
        raise AssertionError(f"{address} names no number after {after}")
    return int(found[1])


def typed(script: Script, written: Any) -> str:
    """A day of the script as somebody types it."""
    return f"{script.day(written):%d/%m/%Y}"
