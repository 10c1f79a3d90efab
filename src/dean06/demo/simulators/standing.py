"""All stand-ins at once on this machine: for trying out connections by hand, and around a demonstration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from dean06.demo.simulators.civil_status import PROVINCE, CivilStatus
from dean06.demo.simulators.enterprises import Enterprises
from dean06.demo.simulators.insurance import Insurance
from dean06.demo.simulators.judicial_records import JudicialRecords
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.population import API_KEY, MEMBER, SIGNED_URL, USER, Population
from dean06.demo.simulators.population import SECRET as POPULATION_SECRET
from dean06.demo.simulators.provincial import KEY, SECRET, Platform, Service
from dean06.demo.simulators.serving import Fault, Faults
from dean06.demo.world import World

LIST = "bhxh.csv"
MOST = 500

__all__ = ["LIST", "MOST", "Fault", "Faults", "Stood", "answering", "described", "numbers", "standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A stand-in that answers: how a connection to it is set up."""

    source: str
    kind: str
    secret: str
    settings: Mapping[str, str]


@contextmanager
def standing(
    world: World, *, most: int = MOST, port: int = 0, fault: Fault | None = None, after: int = 0
) -> Iterator[tuple[tuple[Stood, ...], str]]:
    """Have a platform and the population service answer; gives how each is connected to, and a list of numbers."""
    month = world.months[-1]
    registry = Registry(world, month, date.fromisoformat(f"{month}-01"))
    faults = Faults()
    faults.set(fault, after=after)
    with answering(registry, faults, most=most, port=port) as (url, dan_cu):
        yield described(registry, url, dan_cu), numbers(registry, most)


@contextmanager
def answering(registry: Registry, faults: Faults, *, most: int = MOST, port: int = 0) -> Iterator[tuple[str, str]]:
    """Have both answer for these people, failing together; gives their addresses: the given port and the next."""
    services: list[Service] = [
        CivilStatus(registry, most=most),
        JudicialRecords(registry, most=most),
        Insurance(registry, most=most),
        Enterprises(registry, most=min(most, 200)),
    ]
    platform, population = Platform(services), Population(registry, most=most)
    platform.faults = population.faults = faults
    with platform.serving(port) as url, population.serving(port and port + 1) as dan_cu:
        yield url, dan_cu


def numbers(registry: Registry, most: int = MOST) -> str:
    """Return the list of numbers for which the insurance is asked, as an agency keeps it."""
    return "\n".join(("Mã số BHXH", *Insurance(registry, most=most).numbers, ""))


def described(registry: Registry, platform: str, population: str) -> tuple[Stood, ...]:
    """Return how a connection to each stand-in is set up, by the addresses of the two."""
    return (*_of_platform(platform, registry), _of_population(population, registry))


def _of_platform(url: str, registry: Registry) -> Iterator[Stood]:
    begin = {"tu_ngay": f"{registry.first:%d/%m/%Y}"}
    civil = begin | {"ma_tinh": PROVINCE}
    for source, kind, service, said in (
        ("khai-sinh", "rest", "ho-tich-khai-sinh", civil),
        ("khai-tu", "rest", "ho-tich-khai-tu", civil),
        ("ket-hon", "rest", "ho-tich-ket-hon", civil),
        ("doanh-nghiep", "rest", "doanh-nghiep", begin),
        ("ly-lich-tu-phap", "rest-queue", "ly-lich-tu-phap", {}),
        ("bhxh", "rest-list", "bao-hiem-xa-hoi", {"danh_sach": LIST}),
    ):
        settings = {"dich_vu": service, "dia_chi": url} | said
        yield Stood(source=source, kind=kind, secret=f"{KEY}:{SECRET}", settings=settings)


def _of_population(url: str, registry: Registry) -> Stood:
    account = {"user": USER, "secret": POPULATION_SECRET, "api_key": API_KEY}
    said = {"dia_chi": url, "dia_chi_ky": SIGNED_URL, "thanh_vien": MEMBER, "tu_ngay": f"{registry.first:%d/%m/%Y}"}
    return Stood(source="chung", kind="soap", secret=json.dumps(account), settings=said)
