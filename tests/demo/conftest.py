"""Worlds small enough for a suite, made once."""

import pytest

from dean06.demo.service import World


@pytest.fixture(scope="session")
def district():
    """A small district of 2022."""
    return World(7, 6000, "quang-ninh-2022")


@pytest.fixture(scope="session")
def commune():
    """A small commune of 2026, which four older communes became."""
    return World(7, 2000, "ninh-chau-2026")
