"""Một hồ sơ công việc: what lies in it, and what can be done with it while it is open."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import keeping as journey
from dean06.papers.service import documents, incoming, keeping, pieces, printing
from dean06.papers.types import FileState, NewPiece, PieceInfo, PieceKind, WorkFileInfo
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.papers.all_papers import TYPES
from dean06.web.pages.papers.folders import classes, letterhead, new_file, printed, state_of, term_of
from dean06.web.pages.uploads import chosen, file_name
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

OTHERS = {"png": "image/png", "jpg": "image/jpeg", "zip": "application/zip"}

__all__ = ["change", "close", "contents", "document", "drop", "move", "open_one", "put", "take_out", "work"]


def _known(reader: Reader, file_id: int) -> WorkFileInfo:
    info = keeping.work_file(reader.viewer, file_id)
    if info is None or reader.group.id not in (info.group_id, info.holder_id):
        raise Http404
    return info


def _named(reader: Reader, info: WorkFileInfo, one: PieceInfo) -> SafeString:
    """Return the title of a piece, which leads to its file where the house holds one."""
    note = "; ".join(filter(None, (words("Văn bản đến", "Came in") if one.kind is PieceKind.IN else "", one.note)))
    shown = format_html('<br><span class="small-text quiet">{}</span>', note) if note else ""
    if one.kind is PieceKind.IN:
        return format_html("{}{}", one.title, shown)
    href = (
        reader.url_at(info.group_id, "papers-file", int(one.ref), "pdf")
        if one.kind is PieceKind.OUT
        else reader.url("papers-work-document", info.id, one.id)
    )
    return format_html("{}{}", marks.link(one.title, href), shown)


def _row(reader: Reader, info: WorkFileInfo, one: PieceInfo) -> Row:
    return Row(
        cells=(
            f"{one.number:02d}" if one.number else "·",
            one.symbol or "·",
            writing.day(one.dated_on) if one.dated_on else "·",
            _named(reader, info, one),
            one.author,
            writing.number(one.pages),
        )
    )


def _table(reader: Reader, info: WorkFileInfo, lying: list[PieceInfo]) -> Table:
    return Table(
        caption=words("Mục lục văn bản, tài liệu", "Table of contents"),
        columns=(
            Column(label=words("STT", "No."), nowrap=True),
            Column(label=words("Số, ký hiệu", "Number"), nowrap=True),
            Column(label=words("Ngày", "Date"), nowrap=True),
            Column(label=words("Tên loại, trích yếu", "Kind and abstract"), kind="text"),
            Column(label=words("Tác giả", "Author")),
            Column(label=words("Trang", "Pages"), kind="num"),
        ),
        rows=tuple(_row(reader, info, one) for one in lying),
    )


def _facts(reader: Reader, info: WorkFileInfo) -> SummaryList:
    day = writing.day
    facts = [
        Fact(term=words("Tình trạng", "State"), value=state_of(info, reader.today)),
        Fact(
            term=words("Thời hạn lưu trữ", "Term"),
            value=format_html('{}<br><span class="small-text quiet">{}</span>', term_of(info.term), info.term_source),
        ),
        Fact(term=words("Người lập", "Keeper"), value=info.keeper),
    ]
    if info.opened_at:
        facts.append(Fact(term=words("Mở", "Opened"), value=day(info.opened_at)))
    if info.pieces:
        counted = words(f"{info.pieces} văn bản, {info.pages} trang", f"{info.pieces} papers, {info.pages} pages")
        span = f"{day(info.from_on)} – {day(info.to_on)}" if info.from_on else ""
        facts.append(Fact(term=words("Gồm", "Holds"), value=format_html("{}<br>{}", counted, span)))
    if info.ended_on:
        facts.append(Fact(term=words("Công việc kết thúc", "Work ended"), value=day(info.ended_on)))
    if info.due_before:
        facts.append(Fact(term=words("Nộp lưu trước", "At the archive before"), value=day(info.due_before)))
    if info.kept_until:
        facts.append(Fact(term=words("Lưu đến hết", "Kept until"), value=day(info.kept_until)))
    return SummaryList(facts=tuple(facts), narrow=True)


@group_page
def work(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Show one file with what lies in it."""
    info = _known(reader, file_id)
    lying = pieces.pieces(reader.viewer, file_id)
    here = info.holder_id == reader.group.id
    shown = {
        "head": PageHead(
            title=f"{info.symbol}: {info.title}",
            crumb=Link(
                label=words(f"Danh mục hồ sơ năm {info.year}", f"Files of {info.year}"),
                href=f"{reader.url('papers-plan')}?nam={info.year}",
            ),
            meta=(info.heading_title, words(f"năm {info.year}", str(info.year))),
            actions=_actions(reader, info),
        ),
        "file": info,
        "file_term": term_of(info.term),
        "lying": lying,
        "gone": pieces.taken_out(reader.viewer, file_id),
        "table": _table(reader, info, lying),
        "empty": Empty(
            title=words("Hồ sơ chưa có văn bản nào", "Nothing lies in the file yet"),
            text=words(
                "Mở hồ sơ rồi cho văn bản vào theo thứ tự giải quyết công việc.",
                "Open the file, then put papers in as the work goes on.",
            ),
        ),
        "facts": _facts(reader, info),
        "can_open": here and info.state is FileState.PLANNED,
        "can_fill": here and info.state is FileState.OPEN,
        "can_change": here and info.state in (FileState.PLANNED, FileState.OPEN),
        "ready": here and info.state is FileState.CLOSED,
        "papers": _papers(reader, lying) if here and info.state is FileState.OPEN else (),
        "arrived": _arrived(reader, info, lying) if here and info.state is FileState.OPEN else (),
        "classes": classes(reader),
        "today": writing.day(reader.today),
        "hrefs": _hrefs(reader, info),
    }
    return render(request, "dean06/pages/folder.html", shown)


def _actions(reader: Reader, info: WorkFileInfo) -> tuple[Action, ...]:
    href = reader.url("papers-work-contents", info.id)
    return (Action(label=words("In mục lục", "Print contents"), href=href, sign="doc"),) if info.pieces else ()


def _hrefs(reader: Reader, info: WorkFileInfo) -> dict[str, str]:
    acts = ("open", "change", "drop", "put", "move", "out", "close")
    return {act: reader.url(f"papers-work-{act}", info.id) for act in acts} | {"archive": reader.url("papers-archive")}


def _papers(reader: Reader, lying: list[PieceInfo]) -> list[tuple[int, str]]:
    """Return the issued papers that do not lie in the file, for a choice."""
    inside = {one.ref for one in lying if one.kind is PieceKind.OUT}
    issued = [
        one for one in documents.papers(reader.viewer, reader.group.id) if one.issued and str(one.id) not in inside
    ]
    return [(one.id, f"{one.label}, {writing.day(one.issued_on)}: {one.abstract}"[:120]) for one in issued]


def _arrived(reader: Reader, info: WorkFileInfo, lying: list[PieceInfo]) -> list[tuple[int, str]]:
    """Return the registered incoming papers of the file's year and the next that do not lie in it, for a choice."""
    inside = {one.ref for one in lying if one.kind is PieceKind.IN}
    found = [
        one for year in (info.year, info.year + 1) for one in incoming.of_year(reader.viewer, reader.group.id, year)
    ]
    numbered = [(one, f"{one.number:02d}/{one.year}") for one in found if one.number is not None]
    return [(one.id, f"{ref}, {one.label}: {one.abstract}"[:120]) for one, ref in numbered if ref not in inside]


def _done(reader: Reader, info: WorkFileInfo, request: HttpRequest, vi: str, en: str) -> HttpResponseRedirect:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("papers-work", info.id))


@require_POST
@group_page
def open_one(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Open the file."""
    info = journey.open_file(reader.account, reader.group, _known(reader, file_id).id)
    return _done(reader, info, request, f"Đã mở hồ sơ {info.symbol}.", f"The file {info.symbol} is open.")


@require_POST
@group_page
def change(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Change title, term, keeper or note of the file."""
    info = _known(reader, file_id)
    new = new_file(reader, request.POST, (info.heading, info.heading_title), kept=info)
    journey.change(reader.account, reader.group, info.id, new)
    return _done(reader, info, request, "Đã lưu thông tin hồ sơ.", "The file's particulars are kept.")


@require_POST
@group_page
def drop(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Take the file out of a list that is not issued."""
    info = _known(reader, file_id)
    journey.drop(reader.account, reader.group, info.id)
    messages.success(request, words(f"Đã bỏ hồ sơ {info.symbol}.", f"The file {info.symbol} was dropped."))
    return HttpResponseRedirect(f"{reader.url('papers-plan')}?nam={info.year}")


@require_POST
@group_page
def put(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Put one of our papers, one that came in, or an uploaded document into the file."""
    info, kind = _known(reader, file_id), request.POST.get("loai_van_ban", "")
    if kind == PieceKind.OUT:
        paper = request.POST.get("van_ban", "")
        if not paper.isdecimal():
            raise BadInput("Chọn văn bản của tổ.", "Choose a paper of the group.")
        journey.put_paper(reader.account, reader.group, info.id, int(paper))
    elif kind == PieceKind.UPLOAD:
        given = chosen(request, "tep")
        said = _said(request, PieceKind.UPLOAD, "-")
        journey.put_upload(reader.account, reader.group, info.id, (given.read(), file_name(given)), said)
    elif (incoming_id := request.POST.get("van_ban_den", "")).isdecimal():
        journey.put_incoming(reader.account, reader.group, info.id, int(incoming_id))
    else:
        number = " ".join(request.POST.get("so_den", "").split())
        journey.put(reader.account, reader.group, info.id, _said(request, PieceKind.IN, number))
    return _done(reader, info, request, "Đã cho văn bản vào hồ sơ.", "It lies in the file now.")


def _said(request: HttpRequest, kind: PieceKind, ref: str) -> NewPiece:
    given = request.POST
    pages, day = given.get("so_trang", "") or "1", given.get("ngay", "")
    if not pages.isdecimal() or len(pages) > 4:
        raise BadInput("Số trang ghi bằng chữ số.", "Write the number of pages in digits.")
    return NewPiece(
        kind=kind,
        ref=ref,
        symbol=given.get("so_ky_hieu", ""),
        dated_on=day_given(day, words("Ngày văn bản", "Date of the paper")) if day.strip() else None,
        title=given.get("trich_yeu", ""),
        author=given.get("tac_gia", ""),
        pages=int(pages),
        note=given.get("ghi_chu", ""),
    )


def _piece_given(request: HttpRequest) -> int:
    given = request.POST.get("van_ban", "")
    if not given.isdecimal():
        raise BadInput("Chọn văn bản trong hồ sơ.", "Choose what lies in the file.")
    return int(given)


@require_POST
@group_page
def move(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Move what lies in the file to another place."""
    info, to = _known(reader, file_id), request.POST.get("den", "")
    if not to.isdecimal() or len(to) > 4:
        raise BadInput("Ghi số thứ tự mới.", "Write the new number.")
    journey.move(reader.account, reader.group, info.id, _piece_given(request), int(to))
    return _done(reader, info, request, "Đã xếp lại thứ tự.", "The order is changed.")


@require_POST
@group_page
def take_out(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Take something out of the file, for a reason."""
    info = _known(reader, file_id)
    journey.take_out(reader.account, reader.group, info.id, _piece_given(request), request.POST.get("vi_sao", ""))
    return _done(reader, info, request, "Đã rút ra; lý do nằm trong sổ ghi.", "It was taken out, on record.")


@require_POST
@group_page
def close(request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Close the file on the day its work ended."""
    info = _known(reader, file_id)
    day = day_given(request.POST.get("ngay", ""), words("Ngày công việc kết thúc", "Day on which the work ended"))
    journey.close(reader.account, reader.group, info.id, day)
    return _done(reader, info, request, f"Hồ sơ {info.symbol} đã kết thúc.", f"The file {info.symbol} is closed.")


@group_page
def contents(_request: HttpRequest, reader: Reader, file_id: int) -> HttpResponse:
    """Print the table of contents of the file."""
    info = _known(reader, file_id)
    pdf = printing.contents_of_file(reader.viewer, info.id, letterhead(reader), reader.now)
    return printed(pdf, f"muc-luc-{info.symbol}-{info.year}")


@group_page
def document(_request: HttpRequest, reader: Reader, file_id: int, piece_id: int) -> FileResponse:
    """Hand out an uploaded document of the file, its checksum verified."""
    found = pieces.document(reader.viewer, _known(reader, file_id).id, piece_id)
    if found is None:
        raise Http404
    path, suffix = found
    kind = (TYPES | OTHERS).get(suffix, "application/octet-stream")
    name = f"tai-lieu-{piece_id}.{suffix}"
    response = FileResponse(path.open("rb"), as_attachment=suffix != "pdf", filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response
