"""A made-up group, its readers, and permits that the ledger takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from dean06.charter.types import ActorRef, Citation, ObjectRef, Permit
from dean06.clock.service import TZ
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, NewGroup, Viewer

START = datetime(2022, 6, 1, 8, 0, tzinfo=TZ)
ACCOUNT = "00000000-0000-4000-8000-000000000001"
PermitMaker = Callable[..., Permit]


@pytest.fixture
def permit() -> PermitMaker:
    """Make permits; each differs from the last by its reason, as two decisions do."""
    serial = count()

    def make(
        kind: str, id_: str, digest: str = "", *, role: str = "leader", agency: str | None = None, at: datetime = START
    ) -> Permit:
        return Permit(
            actor=ActorRef(account=ACCOUNT, role=role, agency=agency, seat="1"),
            action="task.assign",
            obj=ObjectRef(kind=kind, id=id_, digest=digest),
            charter_line="thu-nghiem",
            charter_version=1,
            charter_hash="c" * 64,
            norms=("N1",),
            citations=(Citation("3", "1", None),),
            outcome="allowed",
            at=at,
            reason=str(next(serial)),
            local_rule=None,
        )

    return make


@pytest.fixture
def make_group(db: None, permit: PermitMaker) -> Callable[[str], GroupInfo]:
    """Set up groups by their slug."""

    def make(slug: str) -> GroupInfo:
        new = NewGroup(
            slug=slug,
            name=f"Tổ công tác {slug}",
            short_name=slug,
            level="district",
            unit_code="00456",
            unit_on=date(2022, 1, 1),
            charter_line="thu-nghiem",
        )
        return offices.create_group(permit("group", slug), new, [("BHXH", "Bảo hiểm xã hội", "BHXH")])

    return make


@pytest.fixture
def group(make_group: Callable[[str], GroupInfo]) -> GroupInfo:
    """Set up one made-up group."""
    return make_group("to-thu")


def reader(group: GroupInfo, role: str, agency: str | None = None) -> Viewer:
    """Return somebody who sits in one seat of a group."""
    seat = Capacity(
        seat_id=1,
        group_id=group.id,
        role=role,
        agency=agency,
        title="",
        post="",
        holder="",
        account=ACCOUNT,
        since=date(2022, 1, 1),
    )
    return Viewer(account=ACCOUNT, capacities=(seat,))


@pytest.fixture
def sits() -> Callable[..., Viewer]:
    """Make readers."""
    return reader


@pytest.fixture
def later() -> Callable[[int], datetime]:
    """Return the instant so many days after the start."""
    return lambda days: START + timedelta(days=days)
