"""A process of its own for one group's files, so that the next month is made while this one is matched.

It ends when its caller does: nobody at the other end of the pipe is the sign to stop.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Lock
from typing import Any

import django
from django.utils.module_loading import import_string

from dean06.demo.supplies import Supplies


def serve(caller: Connection, supplies: Supplies, alone: Lock) -> None:
    """Do what is asked, the most urgent first, and tell each result or what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(supplies.patience)
    django.setup()
    bench = import_string("dean06.demo.bench.Bench").open(supplies, alone)
    import_string("dean06.demo.bench.settle_down")()
    asked: list[Any] = []
    with suppress(EOFError, OSError):  # the caller is gone
        while True:
            while not asked or caller.poll():
                asked.append(caller.recv())
            wish = min(asked, key=lambda one: one.order)
            asked.remove(wish)
            caller.send((wish.ticket, *_done(wish, bench)))


def _done(wish: Any, bench: object) -> tuple[Any, str]:
    try:
        return wish.do(bench), ""
    except Exception as problem:  # noqa: BLE001  whatever it is, the caller must hear of it and not wait for ever
        return None, f"{type(problem).__name__}: {problem}"
