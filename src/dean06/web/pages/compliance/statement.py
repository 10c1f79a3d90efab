"""The frozen statement of a month: its duties as they stood that day, its hash, and what stands otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.adoption.service import StatementInfo
from dean06.flows import duties
from dean06.flows.duties import Change
from dean06.flows.standing import UNRECORDED
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.compliance import parts, rows
from dean06.web.parts.page import Action, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

# Statements of the first format counted as not done what no room could record.
FIRST_FORMAT = "dean06-statement/1"
APART = ("not_testable", "dormant", UNRECORDED)

__all__ = ["statement", "statement_file"]


def _kept(reader: Reader, month: str) -> StatementInfo:
    found = adoption.statement(reader.group.id, month)
    if found is None:
        raise Http404
    return found


def _rows(
    reader: Reader, kept: StatementInfo, items: Iterable[Mapping[str, object]], tasks: rows.Tasks
) -> tuple[Row, ...]:
    return tuple(Row(cells=rows.cells(reader, _told(kept, item), tasks)) for item in items)


def _told(kept: StatementInfo, item: Mapping[str, object]) -> Mapping[str, object]:
    """Return a duty with the text that judged it: where it names none, the one the whole statement names."""
    return {"text": kept.charter_hash, **item}


def _items(reader: Reader, kept: StatementInfo, picked: str, tasks: rows.Tasks) -> Table:
    """Return the duties that count; with a state picked, those in it."""
    named = words("Nghĩa vụ đo được trong tháng", "Measured duties of the month")
    if picked:
        named = f"{named}, {parts.state_words(picked).lower()}"
    judged = [one for one in kept.items if one["status"] not in APART and picked in ("", one["status"])]
    return Table(caption=named, show_caption=True, columns=rows.columns(), rows=_rows(reader, kept, judged, tasks))


def _uncounted(reader: Reader, kept: StatementInfo, tasks: rows.Tasks) -> Table | None:
    """Return the duties that no room could record when the statement was frozen; they are not counted."""
    listed = [one for one in kept.items if one["status"] == UNRECORDED]
    if not listed:
        return None
    return Table(
        caption=words("Chưa ghi được trên hệ thống, không tính", "Cannot be recorded yet, not counted"),
        show_caption=True,
        columns=rows.columns(),
        rows=_rows(reader, kept, listed, tasks),
    )


def _changed(reader: Reader, kept: StatementInfo, found: list[Change], tasks: rows.Tasks) -> Table:
    made = []
    for change in found:
        live = change.live.as_json() if change.live else None
        was = rows.outcome(change.frozen) if change.frozen else words("chưa có", "absent")
        now = rows.outcome(live) if live else words("không còn", "gone")
        made.append(Row(cells=(*rows.cells(reader, _told(kept, change.frozen or live or {}), tasks)[:5], was, now)))
    return Table(
        caption=words("Chênh lệch với bây giờ", "Differences to now"),
        show_caption=True,
        columns=(
            *rows.columns()[:5],
            Column(label=words("Khi chốt", "When frozen"), nowrap=True),
            Column(label=words("Bây giờ", "Now"), nowrap=True),
        ),
        rows=tuple(made),
    )


def _other_text(reader: Reader, kept: StatementInfo) -> Link | None:
    """Name the version a statement rests on, where another is in force now."""
    query = reader.version_query(kept.charter_hash)
    if not query:
        return None
    number = query["ban"]
    label = words(f"phiên bản {number} của quy chế", f"version {number} of the charter")
    return Link(label=label, href=f"{reader.url('charter')}?{urlencode(query)}")


def _counts(kept: StatementInfo, picked: str) -> list[tuple[SafeString, SafeString | str]]:
    """Return how often duties stand in each state; a number leads to its rows."""
    counted = Counter(str(item["status"]) for item in kept.items)
    told: list[tuple[SafeString, SafeString | str]] = []
    for code in parts.ORDER:
        number, place = writing.number(counted[code]), "#khong-tinh" if code == UNRECORDED else f"?kq={code}#nghia-vu"
        if counted[code]:
            plain = code == picked or code in ("not_testable", "dormant")
            told.append((parts.state(code), number if plain else marks.link(number, place)))
    return told


def _periods(kept: StatementInfo, found: list[Change]) -> Iterator[str]:
    """Give the periods of the duties that were frozen, and of those that stand otherwise now."""
    yield from (str(item["period"]) for item in kept.items)
    yield from (one.live.period for one in found if one.live is not None)


@group_page
def statement(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Show the statement of a month beside what stands otherwise now."""
    kept = _kept(reader, month)
    found = duties.changes(reader.group, kept)
    picked = request.GET.get("kq", "")
    picked = picked if picked in parts.ORDER else ""
    tasks = rows.known_tasks(reader, _periods(kept, found))
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, kept.as_of.date())}
    by = names.get(kept.made_by, "")
    shown = {
        "head": PageHead(
            title=words(
                f"Bản tuân thủ tháng {writing.month(month)}", f"Statement of compliance, {writing.month(month)}"
            ),
            crumb=Link(label=words("Bảng tuân thủ", "Compliance board"), href=reader.url("compliance")),
            meta=(
                reader.charter.title,
                words(f"chốt {writing.instant(kept.as_of)} bởi {by}", f"frozen {writing.instant(kept.as_of)} by {by}"),
                format_html("SHA-256 <code>{}</code>", kept.sha256),
            ),
            actions=(
                Action(
                    label=words("Tải .json", "Download .json"),
                    href=reader.url("compliance-statement-file", month),
                    sign="save",
                ),
            ),
        ),
        "counts": _counts(kept, picked),
        "picked": picked,
        "items": _items(reader, kept, picked, tasks),
        "uncounted": _uncounted(reader, kept, tasks),
        "older": kept.format == FIRST_FORMAT,
        "changed": _changed(reader, kept, found, tasks) if found else None,
        "same": Notice(
            text=words("Bây giờ vẫn như khi chốt.", "Everything stands as when it was frozen."), tone="ok", sign="ok"
        ),
        "other_text": _other_text(reader, kept),
    }
    return render(request, "dean06/pages/compliance_statement.html", shown)


@group_page
def statement_file(_request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Give out the very bytes whose SHA-256 the statement shows."""
    content = adoption.statement_bytes(reader.group.id, month)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="tuan-thu-{reader.group.slug}-{month}.json"'
    return response
