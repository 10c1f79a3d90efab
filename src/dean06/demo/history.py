"""The demonstration: three groups with months of work behind them, done through the product's own flows.

    build(progress)                                                the whole, as `dean06 serve --demo` makes it
    build(progress, scale=0.01, groups=("quang-ninh",), months=2)  a small one, in seconds

Acts follow each other by the clock, across the groups, each under its own hour; the same size gives the same history.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from dean06.charter import service as charters
from dean06.clock import service as clock
from dean06.demo import (
    meeting_room,
    own_charter,
    paper_room,
    people_room,
    register_room,
    signers,
    task_room,
    timetable,
    treasury,
    workshop,
)
from dean06.demo.cast import ADMIN, ADMIN_NAME
from dean06.demo.connection_room import ConnectionRoom
from dean06.demo.office import Office
from dean06.demo.pki_server import PkiServer
from dean06.demo.service_server import PEOPLE
from dean06.demo.stages import Stage, chosen
from dean06.demo.supplies import Supplies
from dean06.demo.timetable import Event
from dean06.flows import setup
from dean06.identity import service as identity
from dean06.ledger import service as ledger
from dean06.places import service as places
from dean06.population import service as population

SEED = 6
INSTALLED = date(2022, 5, 9)
Progress = Callable[[float, float, str], None]

__all__ = ["DemoAccount", "accounts", "build"]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody to sign in as."""

    username: str
    full_name: str
    seat: str
    group: str


def accounts(groups: Sequence[str] | None = None) -> list[DemoAccount]:
    """Return the accounts of the demonstration, the administrator first."""
    found = [DemoAccount(ADMIN, ADMIN_NAME, "Quản trị tài khoản, người vận hành", "toàn hệ thống")]
    for stage in chosen(tuple(groups) if groups is not None else None, 1.0, None):
        charter = charters.load(stage.package)
        for part in stage.cast:
            if part.user:
                name = charters.role_name(charter, part.role)
                title = charter.roles[part.role].title if part.role in charter.roles else name
                seat = f"{title} ({part.post})" if part.post else title
                found.append(DemoAccount(stage.sign_in(part.user), part.holder, seat, stage.short_name))
    return found


def build(
    progress: Progress, *, scale: float = 1.0, groups: Sequence[str] | None = None, months: int | None = None
) -> list[dict[str, str]]:
    """Play the history into an empty, migrated installation; returns the accounts to sign in with."""
    stages = chosen(tuple(groups) if groups is not None else None, scale, months)
    progress(0.0, 1.0, "Tài khoản quản trị")
    with clock.pinned(timetable.at(INSTALLED, 8)):
        admin = setup.found_installation(ADMIN, identity.DEMO_PASSWORD, ADMIN_NAME, is_demo=True).public_id
    with ExitStack() as open_ones:
        folder = Path(open_ones.enter_context(tempfile.TemporaryDirectory(prefix="dang-tao-", dir=settings.HOME)))
        offices = [_office(stage, admin, folder, open_ones) for stage in stages]
        stamps = open_ones.enter_context(signers.stamping(Path(settings.HOME)))
        _play(_events(offices, stamps), progress)
    for office in offices:
        _connect(office)
    return [
        {"username": one.username, "password": identity.DEMO_PASSWORD, "role": one.seat, "group": one.group}
        for one in accounts(groups)
    ]


def _connect(office: Office) -> None:
    """Connect a group when its history is over: its feeds are gone to by the machine's clock, from the first start."""
    if office.stage.fed:
        room = ConnectionRoom(office, Path(settings.HOME))
        room.connect()
        room.let_software_in()
        ledger.sequence()


def _events(offices: Sequence[Office], stamps: PkiServer) -> list[Event]:
    found = [
        one
        for office in offices
        for one in (
            *timetable.events(office),
            *people_room.events(office),
            *register_room.events(office),
            *paper_room.events(office, stamps),
            *meeting_room.events(office),
            *task_room.events(office),
            *treasury.events(office),
        )
    ]
    return sorted(found, key=lambda one: one.at)


def _office(stage: Stage, admin: str, folder: Path, open_ones: ExitStack) -> Office:
    supplies = Supplies(
        place=stage.place,
        seed=SEED,
        folder=folder / stage.slug,
        shelf=population.vault() / "registers" / stage.slug,
        wanted=timetable.wanted(stage),
        patience=2 * (stage.founded.year - INSTALLED.year),
        residents=Path(settings.HOME) / PEOPLE if stage.fed else None,
    )
    shop = open_ones.enter_context(workshop.opened(supplies))
    return Office(stage, admin, shop, supplies.folder, _package(stage, folder))


def _package(stage: Stage, folder: Path) -> str:
    """Return the charter package of a group: a shipped one, or its own copy of a template."""
    if stage.line == stage.package:
        return stage.package
    commune = places.unit(stage.place.unit, stage.founded)
    province = places.ancestors(stage.place.unit, stage.founded)[-1]
    name = commune.name if commune else stage.short_name
    return str(own_charter.copy(stage.package, stage.line, name, province.name, folder))


def _play(events: Sequence[Event], progress: Progress) -> None:
    """Do each act at its hour; the ledger is sequenced as the months go by."""
    total = sum(one.weight for one in events) or 1.0
    done, month = 0.0, ""
    for one in events:
        if one.said or one.weight:
            progress(done, total, one.said)
        with clock.pinned(one.at):
            if f"{one.at:%Y-%m}" != month:
                ledger.sequence()
            one.do()
        month = f"{one.at:%Y-%m}"
        done += one.weight
    if events:
        with clock.pinned(events[-1].at):
            ledger.sequence()
    progress(total, total, "")
