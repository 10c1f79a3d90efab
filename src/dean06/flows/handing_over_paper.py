"""The list of corrections that both sides sign, filled in from a package that was handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import FindingInfo, HandoverInfo
from dean06.flows import paperwork, signing
from dean06.flows.desk import overseers
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.papers.types import PaperInfo
from dean06.places import service as places
from dean06.sources import service as sources

FORM = "handover_list"
LEVELS = {1: "Cao", 2: "Trung bình", 3: "Thấp"}
FIELDS = {
    "ho_so": "Cả bản ghi",
    "so_dinh_danh": "Số định danh",
    "ho_ten": "Họ và tên",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "noi_o": "Nơi ở",
}
BY_FIELD = (("birth", "ngay_sinh"), ("name", "ho_ten"), ("number", "so_dinh_danh"))

__all__ = ["FORM", "draft", "facts_of"]


def draft(viewer: Viewer, group: GroupInfo, number: int) -> PaperInfo:
    """Draft the list that both sides sign for a package that the reader may see; one that was drafted is given again.

    It tells counts by kind and place and the file's checksum; no value of a person stands in it.
    """
    text = adoption.charter_of(group.charter_line, clock.today(group))
    listed = corrections.handovers(viewer, group.id, see_all=overseers(text))
    handed = next((one for one in listed if one.number == number), None)
    if handed is None:
        raise BadInput(f"Không có lần bàn giao BG-{number} trong phạm vi của bạn.", f"There is no hand-over {number}.")
    if handed.paper_id is not None:
        raise BadInput(
            f"Lần BG-{number} đã có bảng bàn giao: mở văn bản đó.", f"Hand-over {number} has its list: open that paper."
        )
    facts = facts_of(group, handed, corrections.handed_findings(handed.id))
    with transaction.atomic():
        paper = paperwork.begin(viewer.account, group, FORM, facts)
        corrections.put_on_paper(handed.id, paper.id)
    return paper


def facts_of(group: GroupInfo, handed: HandoverInfo, found: Sequence[FindingInfo]) -> dict[str, object]:
    """Return what the form is told of a package: who gives and takes, what by kind, where, until when, which file."""
    known = sources.contracts(group.id, clock.today(group))
    names = [known.contract(source).title.vi for source in dict.fromkeys(one.source for one in found)]
    agency = offices.agency_name(group.id, handed.agency)
    orders = corrections.orders_by_id(handed.orders)
    due = min((one.due for one in orders), default=clock.today(group))
    return {
        "source": ", ".join(names) or "dữ liệu chuyên ngành",
        "run": ", ".join(dict.fromkeys(one.last_run for one in found)) or f"BG-{handed.number}",
        "day": handed.at.astimezone(clock.TZ).date().isoformat(),
        "giver": _person(group, (signing.LEADING,), ""),
        "receiver": _person(group, (), handed.agency) | {"title": f"đại diện {agency}"},
        "total": len(found),
        "due": due.isoformat(),
        "file": f"{handed.file_name} (SHA-256: {handed.file_sha256})",
        "counts": _counts(found),
        "units": _units(group, found),
    }


def _person(group: GroupInfo, roles: Iterable[str], agency: str) -> dict[str, str]:
    held = offices.holders(group.id, clock.today(group))
    wanted = set(roles)
    seat: Capacity | None = next((one for one in held if one.role in wanted or (agency and one.agency == agency)), None)
    return {
        "name": seat.holder if seat else "",
        "title": ", ".join(filter(None, (seat.title, seat.post))) if seat else "",
    }


def _counts(found: Sequence[FindingInfo]) -> list[dict[str, object]]:
    causes = corrections.causes()
    told = Counter((causes[one.cause].vi, FIELDS.get(one.field, one.field), one.severity) for one in found)
    rows: list[dict[str, object]] = [
        {"kind": kind, "field": field, "level": LEVELS[level], "count": count}
        for (kind, field, level), count in sorted(told.items(), key=lambda each: (each[0][2], -each[1], each[0]))
    ]
    return [*rows, {"kind": "Cộng", "field": "", "level": "", "count": len(found)}]


def _units(group: GroupInfo, found: Sequence[FindingInfo]) -> list[dict[str, object]]:
    """Return the counts by commune: of the fields that are told apart there, and of all."""
    rows = []
    for code in sorted({one.commune for one in found if one.commune}):
        own = [one for one in found if one.commune == code]
        unit = places.unit(code, clock.today(group))
        told: dict[str, object] = {"unit": unit.full_name if unit else code, "sum": len(own)}
        rows.append(told | {name: sum(one.field == field for one in own) for name, field in BY_FIELD})
    return rows
