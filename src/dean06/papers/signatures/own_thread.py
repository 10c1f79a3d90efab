"""A coroutine run to its end in a thread of its own: whoever calls may have a loop already, and keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

Answer = TypeVar("Answer")

__all__ = ["in_own_thread"]


def in_own_thread(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Return what the coroutine returns, or raise what it raises; nothing of the caller's loop is touched."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="signatures") as pool:
        return pool.submit(copy_context().run, asyncio.run, work).result()
