"""A small group under a real charter, with its people, registers and lists made by the demonstration's generator."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from dean06.clock import service as clock
from dean06.demo import service as demo
from dean06.flows import intake, ordering, register, setup
from dean06.flows.intake import HandIn
from dean06.flows.setup import Member
from dean06.offices.types import GroupInfo, NewGroup
from harness.settled import Settled, settled_once

SINCE = date(2022, 5, 20)
SEATS = (
    ("leader", "PC", "Nguyễn Minh Tâm"),
    ("standing_deputy", "POL", "Trần Quốc Hải"),
    ("deputy", "OFF", "Phạm Thu Thủy"),
    ("member", "BHXH", "Lê Ngọc Hoa"),
    ("member", "GDDT", "Vũ Đình Khoa"),
    ("secretariat", "TEAM", "Đỗ Thanh Sáu"),
    ("register_keeper", "POL", "Hồ Văn Bảy"),
    ("clerk", "OFF", "Mai Thị Tám"),
)


@contextmanager
def at(year: int, month: int, day: int, hour: int = 9) -> Iterator[None]:
    """Hold the clock at an hour of Viet Nam."""
    with clock.pinned(datetime(year, month, day, hour, tzinfo=clock.TZ)):
        yield


@dataclass
class Office:
    """A group at work: its accounts by role and agency, and the world its people live in."""

    group: GroupInfo
    admin: str
    accounts: dict[str, str]
    world: demo.World
    folder: Path
    delivered: dict[str, int] = field(default_factory=dict)
    persons: int = 0

    def account(self, role: str, agency: str = "") -> str:
        return self.accounts[
            f"{role}:{agency}" if agency else next(key for key in self.accounts if key.startswith(role))
        ]

    def load_register(self, month: str) -> None:
        """Let the register's keeper load the snapshot of a month's end."""
        path = self.folder / f"so-{month}.csv"
        demo.write_register(self.world, month, path)
        end = demo.month_end(month)
        with at(end.year, end.month, end.day, 20):
            register.load(self.account("register_keeper"), self.group, path, end)

    def deliver(
        self, source: str, agency: str, month: str, fixed: demo.Fix = demo.NOTHING, *, complete: bool = False
    ) -> int:
        """Let an agency hand in its list of a month, and carry it through; returns the run's number."""
        path = self.folder / demo.delivery_name(self.world, source, month)
        demo.write_delivery(self.world, source, month, path, fixed=fixed)
        return self.hand_in(source, agency, month, path, complete=complete)

    def hand_in(self, source: str, agency: str, month: str, path: Path, *, complete: bool = False) -> int:
        """Hand in a file as the agency's list of a month, and carry it through; returns the run's number."""
        end = demo.month_end(month)
        with at(end.year, end.month, end.day, 22):
            given = HandIn(
                source=source, period=month, agency=agency, file=path, file_name=path.name, complete=complete
            )
            account = self.account("member", agency)
            delivery = intake.hand_in(account, self.group, given)
            run = intake.process(account, delivery.id)
        assert run is not None
        assert run.state == "done", run.problem_vi
        self.delivered[month] = delivery.id
        return run.id


def seated(admin: str, group: GroupInfo, surname: str = "") -> dict[str, str]:
    """Fill the seats of a group; returns its accounts by role and agency."""
    accounts = {}
    for role, agency, name in SEATS:
        holder = f"{name} {surname}".strip()
        made = setup.open_account(admin, f"{group.slug}-{role}-{agency}", None, holder)
        accounts[f"{role}:{agency}"] = made.public_id
        member = Member(role=role, agency=agency, holder=holder, account=made.public_id, since=SINCE)
        setup.seat(admin, group, member)
    return accounts


def found(package: str, slug: str, folder: Path, persons: int = 500, line: str = "") -> Office:
    """Set up a group under a package, with its seats filled."""
    with at(2022, 5, 20):
        admin = setup.found_installation("quan-tri", None, "Quản Trị").public_id
        new = NewGroup(
            slug=slug,
            name=f"Tổ công tác {slug}",
            short_name=f"Tổ {slug}",
            level="district",
            unit_code="456",
            unit_on=SINCE,
            charter_line=line or package,
        )
        group = setup.found_group(admin, new, package)
        accounts = seated(admin, group)
    return Office(
        group=group,
        admin=admin,
        accounts=accounts,
        world=demo.World(5, persons, "quang-ninh-2022"),
        folder=folder,
        persons=persons,
    )


@contextmanager
def kept(blocker: object, folder: Path, build: Callable[[Path], Office]) -> Iterator[Office]:
    """Hold an office that is made once for a module, in a transaction of its own that is undone at the end."""
    (home := folder / "home").mkdir()
    with blocker.unblock(), override_settings(HOME=home), transaction.atomic():  # type: ignore[attr-defined]  # pytest-django's
        yield build(folder)
        transaction.set_rollback(True)


def own(made: Office, folder: Path) -> Office:
    """Give one test a kept office as if it were its own: what the test does is undone, what it counts is its own."""
    world = pickle.loads(pickle.dumps(made.world))  # noqa: S301  written a moment ago; the quickest copy there is
    return replace(made, folder=folder, delivered=dict(made.delivered), world=world)


def assigned(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    return made


settled_office = settled_once("office", assigned)


@pytest.fixture
def office(settled_office: Settled[Office], db: None, home: Path, tmp_path: Path) -> Office:
    """Give a group under the charter of Quảng Ninh whose leader has given the insurance list to its agency."""
    return own(settled_office.again(home), tmp_path)
