"""Văn bản: the register of the group's papers, and the files of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.papers.service import dispatching, documents, drafts, incoming, withdrawing
from dean06.papers.service.withdrawing import Kind
from dean06.papers.types import PaperInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.papers.states import state, withdrawn
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": sheet.TYPE,
    "scan": "application/pdf",
}

__all__ = ["annex", "handed", "paper_file", "papers_page"]


def handed(reader: Reader, paper_id: int, kind: str, name: str) -> FileResponse:
    """Return a paper's file, its checksum verified; a PDF opens in the browser, the others are saved."""
    return _given(documents.file(reader.viewer, paper_id, kind) if kind in TYPES else None, name, kind)  # type: ignore[arg-type]  # checked against TYPES


def _given(path: Path | None, name: str, kind: str) -> FileResponse:
    if path is None:
        raise Http404
    response = FileResponse(
        path.open("rb"),
        as_attachment=kind not in {"pdf", "scan"},
        filename=f"{name}.{'pdf' if kind == 'scan' else kind}",
        content_type=TYPES[kind],
    )
    response["Cache-Control"] = "no-store"
    return response


def _row(reader: Reader, one: PaperInfo, taken_back: Mapping[int, Kind]) -> Row:
    kinds = [kind for kind, held in (("pdf", one.pdf_sha256), ("docx", one.docx_sha256)) if held]
    links = [marks.link(kind.upper(), reader.url("papers-file", one.id, kind)) for kind in kinds]
    if one.annex_sha256:
        links.append(marks.link(words("Phụ lục", "Annex"), reader.url("papers-annex", one.id)))
    return Row(
        cells=(
            marks.link(one.label, reader.url("papers-one", one.id)),
            writing.day(one.issued_on) if one.issued_on else state(one),
            format_html("{} {}", withdrawn(taken_back[one.id]), one.abstract) if one.id in taken_back else one.abstract,
            one.signer,
            "; ".join(one.recipients),
            format_html(" ".join("{}" for _ in links), *links) if links else "",
        )
    )


def _sheet(reader: Reader, found: list[PaperInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Sổ văn bản, {reader.group.name}", f"Register of papers, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Số, ký hiệu", "Number"),
            words("Ngày", "Date"),
            words("Trích yếu", "Abstract"),
            words("Người ký", "Signer"),
            words("Nơi nhận", "Recipients"),
            words("SHA-256 bản PDF", "SHA-256 of the PDF"),
        ),
        rows=(
            (
                one.label,
                one.issued_on or words("dự thảo", "draft"),
                one.abstract,
                one.signer,
                "; ".join(one.recipients),
                one.pdf_sha256,
            )
            for one in found
        ),
    )


def _view(reader: Reader, found: list[PaperInfo], chosen: str) -> tuple[list[PaperInfo], Facets]:
    """Return the papers of one view, and all views with how many there are in each."""
    views = (
        ("", words("Đã ban hành", "Issued"), [one for one in found if one.issued]),
        ("du-thao", words("Dự thảo", "Drafts"), [one for one in found if one.state in {"draft", "asked", "signed"}]),
        ("da-bo", words("Đã bỏ", "Dropped"), [one for one in found if one.state == "dropped"]),
    )
    shown = next((listed for code, _, listed in views if code == chosen), views[0][2])
    known = chosen if chosen in {code for code, _, _ in views} else ""
    items = [
        Facet(label=label, count=str(len(listed)), href=f"?xem={code}" if code else "?", current=code == known)
        for code, label, listed in views
    ]
    if reader.viewer.sits_in(reader.group.id):
        waiting = len(drafts.queue(reader.viewer, reader.group.id))
        items.append(
            Facet(label=words("Chờ tôi ký", "To be signed by me"), count=str(waiting), href=reader.url("papers-queue"))
        )
        items += _post(reader)
    return shown, Facets(label=words("Xem", "View"), items=tuple(items))


def _post(reader: Reader) -> list[Facet]:
    """Return the ways to what is on its way out, and to what came in."""
    unsent = len(dispatching.unsettled(reader.viewer, reader.group.id))
    came = incoming.waiting(reader.viewer, reader.group.id)
    return [
        Facet(label=words("Chưa gửi xong", "Not sent yet"), count=str(unsent), href=reader.url("papers-unsent")),
        Facet(label=words("Văn bản đến", "Incoming"), count=str(came), href=reader.url("papers-incoming")),
    ]


def _actions(request: HttpRequest, reader: Reader, *, any_: bool) -> tuple[Action, ...]:
    """Return what the page is for, the draft first; what is used now and then stands below as links."""
    made = []
    if reader.viewer.sits_in(reader.group.id) and reader.ending is None:
        made.append(Action(label=words("Soạn văn bản", "Draft a paper"), href=reader.url("papers-new"), kind="primary"))
    if reader.viewer.sits_in(reader.group.id):
        made.append(Action(label=words("Sổ văn bản", "Registers"), href=reader.url("papers-register", "di")))
        made.append(Action(label=words("Hồ sơ công việc", "Work files"), href=reader.url("papers-plan")))
    return (*made, *sheet.offers(request)) if any_ else tuple(made)


def _tools(reader: Reader) -> tuple[Link, ...]:
    made = []
    if reader.viewer.sits_in(reader.group.id) and reader.ending is None:
        made = [
            Link(label=words("Sổ địa chỉ", "Address book"), href=reader.url("papers-addresses")),
            Link(label=words("Mẫu văn bản", "Forms"), href=reader.url("papers-forms")),
            Link(label=words("Khóa ký số", "Signing keys"), href=reader.url("papers-keys")),
            Link(label=words("Kiểm tra thể thức", "Check a layout"), href=reader.url("papers-layout")),
        ]
    return (*made, Link(label=words("Kiểm tra chữ ký", "Verify signatures"), href=reverse("verify")))


@group_page
def papers_page(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the group's papers: those issued with their numbers, drafts, and what waits for the reader's signature."""
    every = documents.papers(reader.viewer, reader.group.id)
    chosen = request.GET.get("xem", "")
    found, views = _view(reader, every, chosen)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found), f"so-van-ban-{reader.group.slug}-{reader.today}")
    text = words(f"{len(found)} văn bản", f"{len(found)} papers")
    query = urlencode({"xem": chosen}) if chosen else ""
    taken_back = withdrawing.standing(reader.viewer, reader.group.id)
    listed, pager = sliced(found, page_number(request), SIZE, text=text, query=query)
    shown = {
        "head": PageHead(
            title=words("Văn bản", "Papers"), meta=(text,), actions=_actions(request, reader, any_=bool(found))
        ),
        "views": views,
        "tools": _tools(reader),
        "found": found,
        "table": Table(
            caption=words("Sổ văn bản", "Register of papers"),
            columns=(
                Column(label=words("Số, ký hiệu", "Number"), nowrap=True),
                Column(label=words("Ngày", "Date"), nowrap=True),
                Column(label=words("Trích yếu", "Abstract"), kind="text"),
                Column(label=words("Người ký", "Signer")),
                Column(label=words("Nơi nhận", "Recipients"), kind="text"),
                Column(label=words("Tệp", "Files"), nowrap=True),
            ),
            rows=tuple(_row(reader, one, taken_back) for one in listed),
            pager=pager if pager.pages > 1 else None,
        ),
        "empty": Empty(
            title=words("Chưa có văn bản nào", "No paper yet"),
            text=words(
                "Văn bản soạn theo mẫu, báo cáo tháng, tờ trình khi lập sẽ hiện ở đây.",
                "Papers made from a form, reports and submissions appear here.",
            ),
        ),
    }
    return render(request, "dean06/pages/papers.html", shown)


@group_page
def paper_file(_request: HttpRequest, reader: Reader, paper_id: int, kind: str) -> FileResponse:
    """Hand out a paper's file."""
    info = documents.paper(reader.viewer, paper_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    return handed(reader, paper_id, kind, f"van-ban-{paper_id}")


@group_page
def annex(_request: HttpRequest, reader: Reader, paper_id: int) -> FileResponse:
    """Hand out the annex of a paper, of whatever kind it is."""
    info = documents.paper(reader.viewer, paper_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    path = documents.file(reader.viewer, paper_id, "annex")
    return _given(path, f"phu-luc-{paper_id}", info.annex_kind)
