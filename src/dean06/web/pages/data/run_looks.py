"""Who looked at rows of a run, when and what for: for those who answer for the whole group; no value of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dean06.charter import service as charters
from dean06.clock.errors import RefusedByCharter
from dean06.flows.authority import SYSTEM
from dean06.machines.service import accounts
from dean06.offices import service as offices
from dean06.offices.types import Capacity
from dean06.reconcile.service import looks
from dean06.reconcile.service.looks import LookInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.data.run_files import own_run
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.titles import source_title
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Pager, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 25
SPANS = 6  # stretches of rows that are named before the rest is counted

__all__ = ["who"]


def _spans(stts: Iterable[int]) -> list[tuple[int, int]]:
    """Return places as stretches of neighbours, counted from 1."""
    found: list[tuple[int, int]] = []
    for place in sorted(stts):
        if found and place + 1 == found[-1][1] + 1:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place + 1, place + 1))
    return found


def _which(look: LookInfo) -> str:
    if look.stts is None:
        return words("mọi dòng", "every row")
    spans = _spans(look.stts)
    said = [f"{first}" if first == last else f"{first}–{last}" for first, last in spans[:SPANS]]
    return ", ".join(said) + (" …" if len(spans) > SPANS else "")


def _seat(reader: Reader, held: Mapping[tuple[str | None, str], Capacity | str], look: LookInfo) -> str:
    seat = held.get((look.account, look.role))
    if isinstance(seat, str):
        return seat
    if seat is None:
        role = charters.vocabulary().roles.get(look.role)
        return words(role.vi, role.en) if role else look.role
    place = seat.post or (reader.agency(seat.agency) if seat.agency else "")
    return ", ".join(part for part in (seat.holder, seat.title, place) if part)


def _row(reader: Reader, held: Mapping[tuple[str | None, str], Capacity | str], look: LookInfo) -> Row:
    taken = look.action == "result.export"
    return Row(
        cells=(
            writing.instant(look.at),
            _seat(reader, held, look),
            words("Tải tệp", "Download") if taken else words("Xem", "Look"),
            look.purpose,
            writing.number(look.rows),
            _which(look),
        )
    )


def _table(reader: Reader, shown: Sequence[LookInfo], pager: Pager) -> Table:
    software = accounts.named(reader.group.id, {look.account for look in shown if look.role == SYSTEM})
    held: dict[tuple[str | None, str], Capacity | str] = {
        (account, SYSTEM): words(f"Phần mềm «{name}»", f"Software {name!r}") for account, name in software.items()
    }
    held |= {(seat.account, seat.role): seat for seat in offices.holders(reader.group.id, reader.today)}
    return Table(
        caption=words("Các lần xem dòng của lượt đối soát", "Looks at rows of the run"),
        columns=(
            Column(label=words("Lúc", "When"), nowrap=True),
            Column(label=words("Ai, vị trí", "Who, seat"), kind="text"),
            Column(label=words("Việc", "Act"), nowrap=True),
            Column(label=words("Mục đích", "Purpose"), kind="text"),
            Column(label=words("Số dòng", "Rows"), kind="num"),
            Column(label=words("Thứ tự trong danh sách", "Places in the list")),
        ),
        rows=tuple(_row(reader, held, look) for look in shown),
        pager=pager if pager.pages > 1 else None,
    )


@group_page
def who(request: HttpRequest, reader: Reader, run_id: int) -> HttpResponse:
    """Show the looks at a run's rows, newest first, to those who answer for the whole group by its charter."""
    run, _ = own_run(reader, run_id)
    if not reader.oversees:
        raise RefusedByCharter(
            "Danh sách người đã xem dành cho vị trí mà quy chế giao chịu trách nhiệm về cả tổ: đề nghị họ xem giúp.",
            "Who looked is for those whom the charter makes answer for the whole group: ask one of them.",
        )
    found = looks.at_run(reader.viewer, run.id)[::-1]
    text = words(f"{writing.number(len(found))} lần xem", f"{writing.number(len(found))} looks")
    shown, pager = sliced(found, page_number(request), SIZE, text=text, query="")
    title = f"{source_title(run.source, reader.contracts)}, {words('kỳ tháng', 'period')} {writing.month(run.period)}"
    context = {
        "head": PageHead(
            title=words("Ai đã xem các dòng", "Who looked at the rows"),
            crumb=Link(label=title, href=reader.url("runs-one", run.id)),
            meta=(text, words(f"lượt {run.label}", f"run {run.label}")),
        ),
        "found": found,
        "table": _table(reader, shown, pager),
        "empty": Empty(
            title=words("Chưa ai xem dòng nào", "Nobody has looked at a row yet"),
            text=words(
                "Mỗi lần mở dòng hoặc tải kết quả sẽ hiện ở đây cùng mục đích.",
                "Each look and each download will stand here with its purpose.",
            ),
            sign="eye",
        ),
    }
    return render(request, "dean06/pages/run_looks.html", context)
