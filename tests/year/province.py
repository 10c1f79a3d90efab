"""A province and its communes: their charters adopted from the templates, their people, and their monthly reports."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from year.recount_of_province import moment, of_commune
from year.script import Script

Told = Mapping[str, Any]
UNITS = {"province": "44", "commune": "19225"}
SINCE = date(2025, 12, 15)
OF_A_PROVINCE = {
    "leader": ("PPC", "Hoàng Văn Ánh"),
    "secretariat": ("PC06", "Tạ Thị Bích"),
    "clerk": ("OPPC", "Lò Thị Cúc"),
}
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
        new = _new(above["slug"], "Tổ công tác Đề án 06 tỉnh", "Tổ Đề án 06 tỉnh", "province", line)
        top = setup.found_group(admin, new, str(package))
        house = _peopled(script, admin, top, OF_A_PROVINCE, "")
        package, line = adopted(below["regulation"], below["number"], folder)
        communes = []
        for number in range(1, script.told["communes"] + 1):
            named = f"Tổ công tác Đề án 06 xã số {number:03d}"
            new = _new(f"xa-{number:03d}", named, f"Xã {number:03d}", "commune", line, top.id)
            commune = setup.found_group(admin, new, str(package))
            communes.append(_peopled(script, admin, commune, OF_A_COMMUNE, f" {number:03d}"))
    return Province(above=house, communes=communes)


def _new(slug: str, name: str, short: str, level: str, line: str, parent: int | None = None) -> NewGroup:
    return NewGroup(
        slug=slug,
        name=name,
        short_name=short,
        level=level,
        unit_code=UNITS[level],
        unit_on=SINCE,
        charter_line=line,
        parent_id=parent,
    )


def _peopled(script: Script, admin: str, group: GroupInfo, seats: Mapping[str, tuple[str, str]], which: str) -> House:
    accounts = {}
    for role, (agency, name) in seats.items():
        account = setup.open_account(admin, f"{group.slug}-{role}", None, f"{name}{which}").public_id
        member = Member(role=role, agency=agency, holder=f"{name}{which}", account=account, since=SINCE)
        setup.seat(admin, group, member)
        accounts[role] = account
    return House(script=script, group=group, accounts=accounts, admin=admin)


# ------------------------------------------------------------------ what they do


def deeds(province: Province, months: range) -> Iterator[Deed]:
    """The monthly reports of every commune, and the province's own."""
    script = province.above.script
    for month in months:
        for number, house in enumerate(province.communes, 1):
            yield from _report(house, month, of_commune(script, number, month), ("PPC", "PPOL"))
        own = script.table("province_reports").get(month)
        if own:
            yield from _report(province.above, month, own, ("CENTRAL", "MPS"))


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
    clerk.press(clerk.open(f"bao-cao/{period}/"), "/gui/", noi_nhan=list(to))
