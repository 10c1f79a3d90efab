"""Work of a library that starts a loop of its own, done in a thread: a browser's loop may live in the caller's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def in_own_thread(work: Callable[[], Answer]) -> Answer:
    """Return what the work returns, or raise what it raises."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()
