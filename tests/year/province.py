"""A province and its communes: their charters adopted from the templates, their people, and their monthly reports."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dean06.charter import live as charters
from dean06.clock import service as clock
from dean06.flows import setup
from dean06.flows.setup import Member
from dean06.offices.types import GroupInfo, NewGroup
from year.deeds import Deed
from year.house import House
from year.script import TZ, Script

Told = Mapping[str, Any]
SINCE = date(2025, 12, 15)
OF_A_PROVINCE = {"leader": ("PPC", "Hoàng Văn Ánh"), "secretariat": ("PC06", "Tạ Thị Bích"), "clerk": ("OPPC", "Lò Thị Cúc")}
OF_A_COMMUNE = {"leader": ("CPC", "Chủ tịch xã"), "secretariat": ("CPOL", "Cán bộ xã"), "clerk": ("COFF", "Văn thư xã")}

__all__ = ["Province", "deeds", "found"]


@dataclass(frozen=True)
class Province:
    """The group of a province and those of its communes, in the order of their numbers."""

    above: House
    communes: list[House]


def adopted(template: str, number: str, folder: Path) -> tuple[Path, str]:
    """Write a template's copy with a made-up number and date, as a group issues it; returns it with its line."""
    line, target = f"{template}-2026", folder / f"{template}-2026"
    source = charters.folder_of(template)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("compiled.json"))
    head: dict[str, Any] = YAML(typ="safe").load((source / "charter.yaml").read_text(encoding="utf-8"))
    head |= {"line": line, "kind": "regulation", "notes": []}
    head["instrument"] |= {"kind": "decision", "number": number, "date": SINCE.isoformat()}
    head["in_force"] = {"from": SINCE.isoformat()}
    (target / "charter.yaml").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
    return target, line


def found(script: Script, folder: Path) -> Province:
    """Set the province and its communes up."""
    above, below = script.told["province"], script.told["commune"]
    with clock.pinned(clock.at_start_of(SINCE)):
        admin = setup.found_installation("quan-tri", None, "Quản Trị").public_id
        package, line = adopted(above["regulation"], above["number"], folder)
        top = _group(admin, package, line, NewGroup(
            slug=above["slug"], name="Tổ công tác Đề án 06 tỉnh", short_name="Tổ Đề án 06 tỉnh", level="province",
            unit_code="44", unit_on=SINCE, charter_line=line,
        ))  # fmt: skip
        house = _peopled(script, admin, top, OF_A_PROVINCE, "")
        package, line = adopted(below["regulation"], below["number"], folder)
        communes = []
        for number in range(1, script.told["communes"] + 1):
            name = f"xa-{number:03d}"
            new = NewGroup(
                slug=name, name=f"Tổ công tác Đề án 06 xã số {number:03d}", short_name=f"Xã {number:03d}", level="commune",
                unit_code="19225", unit_on=SINCE, charter_line=line, parent_id=top.id,
            )  # fmt: skip
            communes.append(_peopled(script, admin, _group(admin, package, line, new), OF_A_COMMUNE, f" {number:03d}"))
    return Province(above=house, communes=communes)


def _group(admin: str, package: Path, line: str, new: NewGroup) -> GroupInfo:
    return setup.found_group(admin, replace(new, charter_line=line), str(package))


def _peopled(script: Script, admin: str, group: GroupInfo, seats: Mapping[str, tuple[str, str]], which: str) -> House:
    accounts = {}
    for role, (agency, name) in seats.items():
        account = setup.open_account(admin, f"{group.slug}-{role}", None, f"{name}{which}").public_id
        member = Member(role=role, agency=agency, holder=f"{name}{which}", account=account, since=SINCE)
        setup.seat(admin, group, member)
        accounts[role] = account
    return House(script=script, group=group, accounts=accounts, admin=admin)


# ------------------------------------------------------------------ what they do


def moment(year: int, month: int, written: str) -> datetime:
    day, hour = written.split()
    return datetime(year, month, int(day), *map(int, hour.split(":")), tzinfo=TZ)


def deeds(province: Province, months: range) -> Iterator[Deed]:
    """The monthly reports of every commune, and the province's own."""
    script = province.above.script
    for month in months:
        for number, house in enumerate(province.communes, 1):
            yield from _report(house, month, of_commune(script, number, month), ("PPC", "PPOL"))
        own = script.table("province_reports").get(month)
        if own:
            yield from _report(province.above, month, own, ("CENTRAL", "MPS"))


def of_commune(script: Script, number: int, month: int) -> dict[str, Any]:
    """What a commune does in a month: as usual, but for what the script names."""
    told = dict(script.told["usual"])
    for one in script.list("otherwise"):
        which = one["communes"]
        if month in one["months"] and number >= which["from"] and (number - which["from"]) % which["every"] == 0:
            told |= {key: value for key, value in one.items() if key not in ("communes", "months")}
    return told


def _report(house: House, month: int, told: Told, recipients: tuple[str, ...]) -> Iterator[Deed]:
    year, period = house.script.year, f"{house.script.year}-{month:02d}"
    to = told.get("only_to") or recipients
    for step, done in (("made", _make), ("signed", _sign), ("sent", _send)):
        if not told.get(step):
            return
        said = f"{house.group.slug} {step} {period}"
        yield Deed(moment(year, month, told[step]), said, lambda done=done: done(house, period, to))


def _make(house: House, period: str, _: object) -> None:
    person = house.person("secretariat")
    person.press(person.open(f"bao-cao/{period}/"), "/lap/")


def _sign(house: House, period: str, _: object) -> None:
    house.person("leader").sign(f"bao-cao/{period}/", "/ky/")


def _send(house: House, period: str, to: object) -> None:
    clerk = house.person("clerk")
    clerk.press(clerk.open(f"bao-cao/{period}/"), "/gui/", noi_nhan=list(to))  # type: ignore[call-overload]  # a tuple of codes
