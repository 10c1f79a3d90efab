"""Fixtures of the whole suite.

db, transactional_db    pytest-django's own; every test that asks for one runs on SQLite and again on PostgreSQL
home                    a fresh state directory for one test; `settings.HOME` points at it
browser_page            a page of headless Chromium that fails the test on a script error or a request off the machine
watched_page            the same page with what it did wrong, for a test that expects a fault
site                    pytest-django's live server under the name journeys use; its address is `site.url`
installation            starts `dean06 serve` as a process of its own with its own state; stopped at the end
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["harness.databases", "harness.browser", "harness.installation", "harness.scheduling"]

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    """Give one test a state directory of its own."""
    directory = tmp_path / "home"
    directory.mkdir()
    settings.HOME = directory  # type: ignore[attr-defined]  # pytest-django's wrapper takes any setting
    return directory


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take long; all others keep their order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
