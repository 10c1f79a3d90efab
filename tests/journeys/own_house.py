"""A house of a module's own, for journeys after which others would not know it again: import the fixture from here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journeys.conftest import House, served


@pytest.fixture(scope="module", name="house")
def own_house(pattern: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a copy of the house until the module's journeys are over."""
    with served(pattern, tmp_path_factory.mktemp("served")) as running:
        yield running
