"""Who runs what, where several workers share a run: a module stays whole, modules with one costly set-up together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

from harness.tree import ROOT

# What modules that share it are known by: two groups at work for two months, and the house that journeys visit.
SHARED = {"(office_hours": "neighbours", "(visit": "house"}
OWN = "own_house"


class Together(LoadFileScheduling):  # type: ignore[misc]  # xdist tells no types
    """Give a worker a module at a time, or at once all modules that share a set-up: it is made in one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return _scope(nodeid.split("::", 1)[0])


@cache
def _scope(module: str) -> str:
    path = Path(ROOT, module)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return next((name for sign, name in SHARED.items() if sign in text and OWN not in text), module)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    """Take the place of xdist's own ways; `--dist loadfile` says that there is one."""
    return Together(config, log)
