"""A group whose insurance agency has orders to correct, for the tests of its software."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from flows.conftest import Office, at, kept, own
from flows.test_answering import build


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("phan-mem"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Iterator[Office]:
    """Give the office on the first of July 2022."""
    cache.clear()  # how often a stranger asked within this minute of the pinned clock
    with at(2022, 7, 1):
        yield own(made, tmp_path)
