"""A made-up group, its readers, and permits that the ledger takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count

import pytest

from dean06.charter import service as charters
from dean06.charter.types import ActorRef, ObjectRef, Permit, Question
from dean06.clock.service import TZ
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, NewGroup, Viewer

START = datetime(2022, 6, 1, 8, 0, tzinfo=TZ)
ACCOUNT = "00000000-0000-4000-8000-000000000001"
PermitMaker = Callable[..., Permit]


@pytest.fixture
def permit() -> PermitMaker:
    """Make permits of the installation's own charter; two are never the same, as two decisions are not."""
    serial = count()
    installation = charters.load("noi-quy")

    def make(
        kind: str, id_: str, digest: str = "", *, role: str = "leader", agency: str | None = None, at: datetime = START
    ) -> Permit:
        question = Question(role=role, agency=agency, action="run.start", on=at.date())
        return charters.permit(
            charters.decide(installation, question),
            actor=ActorRef(account=ACCOUNT, role=role, agency=agency, seat="1"),
            obj=ObjectRef(kind=kind, id=id_, digest=digest),
            at=at,
            reason=f"thử {next(serial)}",
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
        return offices.create_group(permit("group", slug, new.digest()), new, [("BHXH", "Bảo hiểm xã hội", "BHXH")])

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
