"""Danh mục hồ sơ: the list of files of a year, proposed, edited, issued; each row leads to its file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import keeping as journey
from dean06.papers.service import handing_in, keeping, printing
from dean06.papers.types import FileListInfo, FileState, Issuer, Letterhead, NewFile, Term, WorkFileInfo
from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

STATES: Mapping[FileState, tuple[str, str, str, str]] = {
    FileState.PLANNED: ("mute", "dots", "Chưa mở", "Not opened"),
    FileState.OPEN: ("info", "pen", "Đang mở", "Open"),
    FileState.CLOSED: ("ok", "lock", "Đã kết thúc", "Closed"),
    FileState.OFFERED: ("info", "out", "Đang giao nộp", "Being handed in"),
    FileState.ARCHIVED: ("ok", "chain", "Đã nộp lưu", "At the archive"),
}

KEEP = "giu"  # the term that the file has already

__all__ = [
    "KEEP",
    "add",
    "classes",
    "issue",
    "letterhead",
    "new_file",
    "plan",
    "plan_file",
    "printed",
    "propose",
    "state_of",
    "term_of",
    "year_of",
]


def state_of(one: WorkFileInfo, today: date) -> SafeString:
    """Show how far a file has come; a late one says so."""
    if one.destroyed_by is not None:
        return chip("mute", words("Có quyết định hủy", "Destruction decided"), with_sign="end")
    if one.late_on(today):
        return chip("bad", words("Nộp lưu quá hạn", "Late at the archive"), with_sign="warn")
    tone, sign, vi, en = STATES[one.state]
    return chip(tone, words(vi, en), with_sign=sign)


def term_of(term: Term) -> str:
    """Write how long a file is kept, in the reader's language."""
    return term.en if current_language() == "en" else term.vi


def letterhead(reader: Reader) -> Letterhead:
    """Return what stands at the head of the group's printed forms."""
    body = reader.charter.body
    issuer = Issuer(parent=(body.parent,) if body.parent else (), body=body.name_lines)
    return Letterhead(issuer=issuer, place=body.place)


def printed(pdf: bytes | None, name: str) -> HttpResponse:
    """Return a printed form, opened in the browser."""
    if pdf is None:
        raise Http404
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def year_of(request: HttpRequest, reader: Reader) -> int:
    """Return the year asked for, else this one."""
    given = request.GET.get("nam", "") or request.POST.get("nam", "")
    return int(given) if given.isdecimal() and 2000 <= int(given) <= 2100 else reader.today.year


def new_file(
    reader: Reader, given: Mapping[str, str], heading: tuple[str, str], kept: WorkFileInfo | None = None
) -> NewFile:
    """Read what a form says of a file: its term is that of a class, a number of years, or the one it has.

    A term that a person kept or wrote by hand counts as compared.
    """
    known = {one.key: one for one in keeping.known_terms(reader.today)}
    chosen, years = given.get("loai", ""), given.get("so_nam", "")
    if chosen in known:
        term, source, compared = known[chosen].term, known[chosen].source, known[chosen].compared
    elif kept is not None and chosen == KEEP:
        term, source, compared = kept.term, kept.term_source, True
    elif years.isdecimal():
        term, source, compared = Term("years", int(years)), "Tổ tự xác định", True
    else:
        raise BadInput("Chọn thời hạn lưu trữ, hoặc ghi số năm.", "Choose the term, or write a number of years.")
    return NewFile(
        heading=heading[0],
        heading_title=heading[1],
        title=given.get("tieu_de", ""),
        term=term,
        term_source=source,
        keeper=given.get("nguoi_lap", ""),
        compared=compared,
        note=given.get("ghi_chu", ""),
    )


def _row(reader: Reader, one: WorkFileInfo) -> Row:
    source = format_html('<br><span class="small-text quiet">{}</span>', one.term_source)
    doubtful = not one.compared and one.state is FileState.PLANNED
    doubt = chip("warn", words("Chưa đối chiếu", "Not compared"), with_sign="warn") if doubtful else ""
    beside = "" if one.planned else format_html(" {}", chip("line", words("Ngoài danh mục", "Beside"), with_sign="pen"))
    counted = words(f"{one.pieces} văn bản", f"{one.pieces} papers") if one.pieces else ""
    return Row(
        cells=(
            one.symbol,
            format_html("{}{}", marks.link(one.title, reader.url("papers-work", one.id)), beside),
            format_html("{} {}{}", term_of(one.term), doubt, source),
            one.keeper,
            format_html('{}<br><span class="small-text quiet">{}</span>', state_of(one, reader.today), counted),
        ),
        id=f"hs-{one.id}",
    )


def _table(reader: Reader, files: list[WorkFileInfo], year: int) -> Table:
    return Table(
        caption=words(f"Danh mục hồ sơ năm {year}", f"List of files of {year}"),
        columns=(
            Column(label=words("Số, ký hiệu", "Symbol"), nowrap=True),
            Column(label=words("Tiêu đề hồ sơ", "Title"), kind="text"),
            Column(label=words("Thời hạn lưu trữ", "Term")),
            Column(label=words("Người lập", "Keeper"), nowrap=True),
            Column(label=words("Tình trạng", "State"), nowrap=True),
        ),
        rows=tuple(_row(reader, one) for one in files),
    )


def _told(info: FileListInfo, files: list[WorkFileInfo]) -> tuple[str, ...]:
    issued = (
        words(
            f"ban hành theo {info.instrument} ngày {writing.day(info.signed_on)}",
            f"issued under {info.instrument} of {writing.day(info.signed_on)}",
        )
        if info.decided
        else words("chưa ban hành", "not issued")
    )
    return words(f"{len(files)} hồ sơ", f"{len(files)} files"), issued


def _doubt(files: list[WorkFileInfo]) -> Notice | None:
    doubtful = [one for one in files if not one.compared and one.state is FileState.PLANNED]
    if not doubtful:
        return None
    sources = ", ".join(sorted({one.term_source for one in doubtful}))
    return Notice(
        tone="warn",
        sign="warn",
        text=words(
            f"{len(doubtful)} thời hạn lấy theo danh mục mẫu, chưa đối chiếu với bảng của {sources}:"
            " văn thư tra lại từng mục rồi sửa ở trang hồ sơ, trước khi ban hành.",
            f"{len(doubtful)} terms come from the shipped list and were not compared with the table of {sources}:"
            " look each up and correct it on its page before the list is issued.",
        ),
    )


@group_page
def plan(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the list of files of a year."""
    year = year_of(request, reader)
    info = keeping.file_list(reader.viewer, reader.group.id, year)
    if info is None:
        raise Http404
    files = keeping.work_files(reader.viewer, reader.group.id, year)
    late = handing_in.late(reader.viewer, reader.group.id, reader.today)
    shown = {
        "head": PageHead(
            title=words(f"Danh mục hồ sơ năm {year}", f"List of files of {year}"),
            crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
            meta=_told(info, files),
            actions=_actions(reader, year, files),
        ),
        "years": _years(reader, year),
        "late": _late(reader, late),
        "doubt": _doubt(files),
        "files": files,
        "table": _table(reader, files, year),
        "empty": Empty(
            title=words(f"Chưa có danh mục hồ sơ năm {year}", f"No list of files for {year} yet"),
            text=words(
                "Danh mục mẫu gồm các hồ sơ mà một tổ công tác Đề án 06 thường lập; sửa từng dòng trước khi ban hành.",
                "The shipped list holds the files that such a group usually keeps; change each row before issuing it.",
            ),
            clause=str(marks.clause(words("Nghị định 30/2020, Điều 28", "Decree 30/2020, Article 28"))),
        ),
        "year": year,
        "decided": info.decided,
        "headings": _headings(files),
        "classes": classes(reader),
        "hrefs": {
            "propose": reader.url("papers-plan-propose"),
            "add": reader.url("papers-plan-add"),
            "issue": reader.url("papers-plan-issue"),
        },
    }
    return render(request, "dean06/pages/folders.html", shown)


def _actions(reader: Reader, year: int, files: list[WorkFileInfo]) -> tuple[Action, ...]:
    archive = Action(label=words("Nộp lưu", "Hand-ins"), href=reader.url("papers-archive"), sign="chain")
    printing_ = Action(
        label=words("In danh mục", "Print"), href=f"{reader.url('papers-plan-file')}?nam={year}", sign="doc"
    )
    return (printing_, archive) if files else (archive,)


def _late(reader: Reader, late: list[WorkFileInfo]) -> Notice | None:
    if not late:
        return None
    return Notice(
        tone="warn",
        sign="clock",
        text=words(f"{len(late)} hồ sơ đã quá hạn nộp lưu.", f"{len(late)} files are late at the archive."),
        link=Link(label=words("Xem", "See"), href=reader.url("papers-archive")),
    )


def _years(reader: Reader, year: int) -> tuple[int, ...]:
    known = {*keeping.list_years(reader.viewer, reader.group.id), year - 1, year + 1, reader.today.year}
    return tuple(sorted(known - {year}, reverse=True))


def _headings(files: list[WorkFileInfo]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.heading, one.heading_title) for one in files))


def classes(reader: Reader) -> list[tuple[str, str]]:
    """Return the classes of files for a choice, each with its term."""
    known = keeping.known_terms(reader.today)
    return [(one.key, f"{words(one.vi, one.en)}: {term_of(one.term)}") for one in known]


@require_POST
@group_page
def propose(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Fill the list of a year with the typical files."""
    year = year_of(request, reader)
    fresh = journey.propose(reader.account, reader.group, year)
    messages.success(request, words(f"Đã thêm {fresh} hồ sơ theo danh mục mẫu.", f"{fresh} files were added."))
    return HttpResponseRedirect(f"{reader.url('papers-plan')}?nam={year}")


@require_POST
@group_page
def add(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Add a file to the list, under a heading of it or a new one."""
    year = year_of(request, reader)
    code = request.POST.get("de_muc", "")
    known = dict(_headings(keeping.work_files(reader.viewer, reader.group.id, year)))
    heading = (code, known[code]) if code in known else _new_heading(request)
    made = journey.add(reader.account, reader.group, year, new_file(reader, request.POST, heading))
    messages.success(request, words(f"Đã thêm hồ sơ {made.symbol}.", f"The file {made.symbol} was added."))
    return HttpResponseRedirect(f"{reader.url('papers-plan')}?nam={year}#hs-{made.id}")


def _new_heading(request: HttpRequest) -> tuple[str, str]:
    return request.POST.get("de_muc_moi", "").strip().upper(), request.POST.get("ten_de_muc", "")


@require_POST
@group_page
def issue(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter number and date of the decision that issues the list."""
    year = year_of(request, reader)
    day = day_given(request.POST.get("ngay", ""), words("Ngày quyết định", "Date of the decision"))
    info = journey.issue_list(reader.account, reader.group, year, request.POST.get("so", ""), day)
    messages.success(
        request,
        words(
            f"Danh mục hồ sơ năm {year} đã ban hành theo {info.instrument}.",
            f"The list of {year} is issued under {info.instrument}.",
        ),
    )
    return HttpResponseRedirect(f"{reader.url('papers-plan')}?nam={year}")


@group_page
def plan_file(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Print the list of files of a year."""
    year = year_of(request, reader)
    pdf = printing.list_of_files(reader.viewer, reader.group.id, year, letterhead(reader), reader.now)
    return printed(pdf, f"danh-muc-ho-so-{reader.group.slug}-{year}")
