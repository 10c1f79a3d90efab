"""The frozen statement of a month: its duties as they stood that day, its hash, and what stands otherwise now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from dean06.adoption import service as adoption
from dean06.adoption.service import StatementInfo
from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.flows import duties
from dean06.flows.duties import Change
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.pages import compliance_parts as parts
from dean06.web.pages.clauses import cite
from dean06.web.parts.page import Action, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["statement", "statement_file"]


def _kept(reader: Reader, month: str) -> StatementInfo:
    found = adoption.statement(reader.group.id, month)
    if found is None:
        raise Http404
    return found


def _clauses(reader: Reader, item: Mapping[str, object]) -> SafeString:
    cited = item["citations"]
    if not isinstance(cited, list) or not cited:
        return format_html("<span>{}</span>", str(item["norm"]))
    if item.get("charter"):
        label = charters.clause_label(Citation(**cited[0]), current_language())
        return marks.clause(words(f"{label}, quy chế của tổ trước", f"{label}, charter of the group before"))
    return cite(reader, Citation(**cited[0]), text=str(item.get("text", "")))


def _bound(item: Mapping[str, object]) -> str:
    due = item["due_before"]
    return writing.instant(datetime.fromisoformat(str(due))) if due else ""


def _row(reader: Reader, item: Mapping[str, object]) -> Row:
    return Row(
        cells=(
            parts.action_title(str(item["action"])),
            _clauses(reader, item),
            parts.party(reader, str(item["bearer"])),
            str(item["period"]) if not str(item["period"])[:4].isdigit() else writing.month(str(item["period"])),
            _bound(item),
            parts.state(str(item["status"])),
        )
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(label=words("Nghĩa vụ", "Duty"), kind="text"),
        Column(label=words("Điều khoản", "Clause"), nowrap=True),
        Column(label=words("Bên chịu trách nhiệm", "Bearer"), kind="text"),
        Column(label=words("Kỳ, việc", "Period, event"), nowrap=True),
        Column(label=words("Hạn, trước", "Due before"), nowrap=True),
        Column(label=words("Kết quả", "Result"), nowrap=True),
    )


def _told(kept: StatementInfo, item: Mapping[str, object]) -> Mapping[str, object]:
    """Return a duty with the text that judged it: where it names none, the one the whole statement names."""
    return {"text": kept.charter_hash, **item}


def _items(reader: Reader, kept: StatementInfo) -> Table:
    judged = [item for item in kept.items if item["status"] not in ("not_testable", "dormant")]
    return Table(
        caption=words("Nghĩa vụ đo được trong tháng", "Measured duties of the month"),
        columns=_columns(),
        rows=tuple(_row(reader, _told(kept, item)) for item in judged),
    )


def _changed(reader: Reader, kept: StatementInfo, found: list[Change]) -> Table:
    rows = []
    for change in found:
        live = change.live.as_json() if change.live else None
        item = change.frozen or live or {}
        was = parts.state(str(change.frozen["status"])) if change.frozen else words("chưa có", "absent")
        now = parts.state(str(live["status"])) if live else words("không còn", "gone")
        made = _row(reader, _told(kept, item))
        rows.append(Row(cells=(*made.cells[:5], was, now)))
    return Table(
        caption=words("Chênh lệch với bây giờ", "Differences to now"),
        show_caption=True,
        columns=(
            *_columns()[:5],
            Column(label=words("Khi chốt", "When frozen"), nowrap=True),
            Column(label=words("Bây giờ", "Now"), nowrap=True),
        ),
        rows=tuple(rows),
    )


def _other_text(reader: Reader, kept: StatementInfo) -> Link | None:
    """Name the version a statement rests on, where another is in force now."""
    query = reader.version_query(kept.charter_hash)
    if not query:
        return None
    number = query["ban"]
    label = words(f"phiên bản {number} của quy chế", f"version {number} of the charter")
    return Link(label=label, href=f"{reader.url('charter')}?{urlencode(query)}")


@group_page
def statement(request: HttpRequest, reader: Reader, month: str) -> HttpResponse:
    """Show the statement of a month beside what stands otherwise now."""
    kept = _kept(reader, month)
    found = duties.changes(reader.group, kept)
    counted = Counter(str(item["status"]) for item in kept.items)
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
        "counts": [(parts.state(code), writing.number(counted[code])) for code in parts.ORDER if counted[code]],
        "items": _items(reader, kept),
        "changed": _changed(reader, kept, found) if found else None,
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
