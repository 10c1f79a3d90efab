"""The services of a platform as stand-ins: how each is connected to, and what a contract should read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from dean06.clock.service import TZ
from dean06.demo.service import World
from dean06.demo.simulators.civil_status import BIRTHS, DEATHS, MARRIAGES, PROVINCE, CivilStatus
from dean06.demo.simulators.enterprises import Enterprises
from dean06.demo.simulators.insurance import Insurance
from dean06.demo.simulators.judicial_records import JudicialRecords
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.provincial import KEY, SECRET, Platform, Service
from dean06.sources import live
from dean06.sources.connectors import rest
from dean06.sources.connectors.kinds import filled, kind
from dean06.sources.connectors.types import Opening, Reader, Secret, Window

GROUP = "to-mau"
FIRST = date(2022, 6, 1)
UNTIL = datetime(2022, 6, 24, 9, 30, tzinfo=TZ)
FULL = Window(period="2022-06", extent="full", since=None, until=UNTIL)

Truth = list[dict[str, str]]


@dataclass(frozen=True)
class Case:
    """One service: its description's name, how its stand-in is made, what should be read of it, what else is said."""

    service: str
    make: Callable[[Registry], Service]
    truth: Callable[[Service], Truth]
    settings: Mapping[str, str]
    code: str
    """An error code of its own."""
    kind: str = "rest"


CASES = {
    case.service: case
    for case in (
        Case("ho-tich-khai-sinh", CivilStatus, lambda one: one.truth(BIRTHS), {"ma_tinh": PROVINCE}, "500"),
        Case("ho-tich-khai-tu", CivilStatus, lambda one: one.truth(DEATHS), {"ma_tinh": PROVINCE}, "302"),
        Case("ho-tich-ket-hon", CivilStatus, lambda one: one.truth(MARRIAGES), {"ma_tinh": PROVINCE}, "106"),
        Case("ly-lich-tu-phap", JudicialRecords, lambda one: one.truth(), {}, "0", "rest-queue"),
        Case("bao-hiem-xa-hoi", Insurance, lambda one: one.truth(), {"danh_sach": "bhxh.csv"}, "777", "rest-list"),
        Case("doanh-nghiep", Enterprises, lambda one: one.truth(), {}, "0"),
    )
}


@cache
def registry() -> Registry:
    """Return the people behind all stand-ins."""
    return Registry(World(7, 1500, "quang-ninh-2022"), "2022-06", FIRST)


@dataclass
class Standing:
    """A stand-in that answers, and how to open a reader on it."""

    case: Case
    stand_in: Service
    platform: Platform
    address: str

    def open(self, secret: str = f"{KEY}:{SECRET}", **settings: str) -> Reader:
        """Open a reader, as the engine does."""
        of = kind(self.case.kind)
        said = filled(of, self.settings | settings)
        contract = live.contract(rest.described(said["dich_vu"]).contract)
        return of.open(Opening(settings=said, secret=Secret(secret), contract=contract, group=GROUP))

    @property
    def settings(self) -> dict[str, str]:
        """What is said of a connection to it."""
        said = {"dich_vu": self.case.service, "dia_chi": self.address, **self.case.settings}
        return said | ({"tu_ngay": "01/06/2022"} if self.case.kind == "rest" else {})

    @property
    def truth(self) -> Truth:
        """Return what should be read."""
        return self.case.truth(self.stand_in)


@contextmanager
def standing(case: Case, home: Path, service: Service | None = None, *, group: str = GROUP) -> Iterator[Standing]:
    """Have a service's stand-in answer on the loopback."""
    stand_in = service or case.make(registry())
    if isinstance(stand_in, Insurance):
        folder = home / rest.LISTS / group
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bhxh.csv").write_text("Mã số BHXH,Ghi chú\n" + "".join(f"{one},\n" for one in stand_in.numbers))
    platform = Platform([stand_in])
    with platform.serving() as address:
        yield Standing(case, stand_in, platform, address)
