"""Lập bản thảo: the drafts of a group, and another begun from the text in force, a template or one's own file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from dean06.adoption import service as adoption
from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.errors import BadAddress
from dean06.clock.errors import BadInput
from dean06.flows import chartering
from dean06.offices import service as offices
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.charter.drafts import state
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.uploads import chosen, file_name
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

TEMPLATES = ("regulation", "template")
LONGEST = 1000

__all__ = ["begin", "begin_from_file", "drafts"]


def _table(reader: Reader, listed: list[DraftInfo]) -> Table:
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    return Table(
        caption=words("Bản thảo", "Drafts"),
        columns=(
            Column(label=words("Bản thảo", "Draft"), kind="text"),
            Column(label=words("Vì sao", "Why"), kind="text"),
            Column(label=words("Người soạn", "Begun by")),
            Column(label=words("Sửa lần cuối", "Last change"), nowrap=True),
            Column(label=words("Trạng thái", "State"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    marks.link(f"{draft.title} ({draft.id})", reader.url("charter-draft", draft.id)),
                    ", ".join(part for part in (draft.clause, draft.reason) if part),
                    names.get(draft.made_by, ""),
                    writing.instant(draft.changed_at),
                    state(draft),
                )
            )
            for draft in listed
        ),
    )


def _page(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    listed = adoption.drafts(reader.group.id)
    bases = [(name, charters.load(name)) for name in charters.packages()]
    shown = {
        "head": PageHead(
            title=words("Soạn, sửa quy chế", "Write, amend the charter"),
            crumb=Link(label=words("Quy chế", "Charter"), href=reader.url("charter")),
            meta=(reader.charter.title,),
        ),
        "table": _table(reader, listed),
        "listed": listed,
        "empty": Empty(
            title=words("Chưa có bản thảo nào", "No draft yet"),
            text=words("Bắt đầu từ bản đang hiệu lực, hoặc từ một mẫu.", "Begin from the text in force or a template."),
            sign="pen",
        ),
        "bases": [(name, charter.title) for name, charter in bases if charter.kind in TEMPLATES],
        "current": chartering.CURRENT,
        "clauses": list(dict.fromkeys(norm.cite.dotted for norm in reader.charter.norms)),
        "begin_href": reader.url("charter-draft-begin"),
        "file_href": reader.url("charter-draft-file"),
        "slips": slips,
        "typed": {name: request.POST.get(name, "") for name in ("goc", "khoan", "ly_do", "ly_do_tep")},
    }
    return render(request, "dean06/pages/charter_drafts.html", shown, status=UNUSABLE if slips else 200)


@group_page
def drafts(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the drafts of the group's charter, and begin another."""
    return _page(request, reader)


def _reason(request: HttpRequest, field: str) -> str:
    reason = " ".join(request.POST.get(field, "").split())[:LONGEST]
    if not reason:
        raise Misfilled(field, "Ghi vì sao cần bản thảo này.", "Say why this draft is needed.")
    return reason


def _begun(request: HttpRequest, reader: Reader) -> DraftInfo:
    base, clause = request.POST.get("goc", chartering.CURRENT), request.POST.get("khoan", "").strip()
    if base not in (chartering.CURRENT, *charters.packages()):
        raise Misfilled("goc", "Chọn văn bản gốc trong danh sách.", "Choose the base from the list.")
    if base == chartering.CURRENT and not clause:
        raise Misfilled(
            "khoan",
            "Ghi điều khoản đề nghị sửa: bản sửa đổi phải nêu điều khoản và lý do.",
            "Name the clause to amend: an amendment names its clause and the reason.",
        )
    return chartering.begin(
        reader.account,
        reader.group,
        base,
        clause=clause if base == chartering.CURRENT else "",
        reason=_reason(request, "ly_do"),
    )


@require_POST
@group_page
def begin(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Begin a draft."""
    try:
        draft = _begun(request, reader)
    except BadInput as problem:
        return _page(request, reader, slips_of(problem, "khoan" if isinstance(problem, BadAddress) else ""))
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))


def _read(request: HttpRequest, reader: Reader) -> DraftInfo:
    given = chosen(request, "tep")
    reason = _reason(request, "ly_do_tep")
    with tempfile.TemporaryDirectory(prefix="quy-che-") as folder:
        place = Path(folder) / file_name(given)
        with place.open("wb") as kept:
            for chunk in given.chunks():
                kept.write(chunk)
        return chartering.begin_from_file(reader.account, reader.group, place, place.name, reason)


@require_POST
@group_page
def begin_from_file(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Begin a draft from a regulation's file."""
    try:
        draft = _read(request, reader)
    except BadInput as problem:
        return _page(request, reader, slips_of(problem, "tep"))
    messages.success(
        request,
        words("Đã đọc tệp; quy phạm đề xuất nằm ở từng điều.", "The file is read; proposals stand at each article."),
    )
    return HttpResponseRedirect(reader.url("charter-draft", draft.id))
