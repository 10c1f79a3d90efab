"""Two groups with nobody but readers, made by hand: what is found depends on seats alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from dean06.clock import service as clock
from dean06.offices.models import Group
from dean06.offices.types import Capacity, Viewer

DAY = datetime(2022, 8, 18, 9, tzinfo=clock.TZ)


@dataclass(frozen=True)
class Two:
    """Ids of two groups."""

    a: int
    b: int


@pytest.fixture
def two(db: None) -> Two:
    """Give two groups."""
    told = {"level": "commune", "unit_code": "19225", "unit_on": date(2022, 1, 1), "charter_line": "x"}
    rows = [
        Group.objects.create(slug=f"to-{name}", name=f"Tổ {name}", short_name=name, created_at=DAY, **told)
        for name in "ab"
    ]
    return Two(*(row.pk for row in rows))


def reader(*seats: tuple[int, str, str | None, int]) -> Viewer:
    """Return somebody with seats: group, role, agency, id of the seat."""
    held = tuple(
        Capacity(
            seat_id=seat,
            group_id=group,
            role=role,
            agency=agency,
            title="",
            post="",
            holder="Người Đọc",
            account="a",
            since=DAY.date(),
        )
        for group, role, agency, seat in seats
    )
    return Viewer(account="a", capacities=held)
