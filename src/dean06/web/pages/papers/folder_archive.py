"""Nộp lưu: files that are late, hand-ins with their two signatures, and files whose term is over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import keeping as journey
from dean06.papers.service import handing_in, keeping, printing
from dean06.papers.types import FileState, HandInInfo, NewFate, Outcome, WorkFileInfo
from dean06.web import marks, writing
from dean06.web.language import words
from dean06.web.marks import chip
from dean06.web.pages.days import day_given
from dean06.web.pages.papers.folders import letterhead, printed, state_of, term_of
from dean06.web.parts.page import Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["archive", "fate", "give", "listed", "record", "send_back", "take"]


def _file_row(reader: Reader, one: WorkFileInfo, last: str) -> Row:
    return Row(
        cells=(
            one.symbol,
            marks.link(one.title, reader.url("papers-work", one.id)),
            term_of(one.term),
            last,
            state_of(one, reader.today),
        )
    )


def _files(caption: str, last: str, rows: tuple[Row, ...]) -> Table:
    return Table(
        caption=caption,
        columns=(
            Column(label=words("Số, ký hiệu", "Symbol"), nowrap=True),
            Column(label=words("Tiêu đề hồ sơ", "Title"), kind="text"),
            Column(label=words("Thời hạn", "Term"), nowrap=True),
            Column(label=last, nowrap=True),
            Column(label=words("Tình trạng", "State"), nowrap=True),
        ),
        rows=rows,
    )


def _late(reader: Reader, late: list[WorkFileInfo]) -> Table:
    return _files(
        words("Hồ sơ quá hạn nộp lưu", "Files late at the archive"),
        words("Phải nộp trước", "Due before"),
        tuple(_file_row(reader, one, writing.day(one.due_before)) for one in late),
    )


def _over(reader: Reader, over: list[WorkFileInfo]) -> Table:
    return _files(
        words("Hồ sơ hết thời hạn lưu trữ", "Files whose term is over"),
        words("Lưu đến hết", "Kept until"),
        tuple(_file_row(reader, one, writing.day(one.kept_until)) for one in over),
    )


def _state(one: HandInInfo) -> str:
    if one.received_at is not None:
        return chip("ok", words("Đã nhận", "Received"), with_sign="chain")
    if one.returned_at is not None:
        said = chip("warn", words("Trả lại", "Sent back"), with_sign="warn")
        return format_html("{} {}", said, one.returned_why)
    return chip("info", words("Chờ lưu trữ ký nhận", "Waits for the archive"), with_sign="clock")


def _hand_in_row(reader: Reader, one: HandInInfo) -> Row:
    links = format_html(
        "{} {}",
        marks.link(words("Mục lục", "List"), reader.url("papers-archive-list", one.id)),
        marks.link(words("Biên bản", "Record"), reader.url("papers-archive-record", one.id)),
    )
    receiver = one.receiver
    return Row(
        cells=(
            str(one.number),
            writing.day(one.given_at),
            one.giver.name,
            f"{receiver.name}, {writing.day(one.received_at)}" if receiver else "·",
            _state(one),
            links if one.returned_at is None else "",
        )
    )


def _hand_ins(reader: Reader, found: list[HandInInfo]) -> Table:
    return Table(
        caption=words("Các lần giao nộp", "Hand-ins"),
        columns=(
            Column(label=words("Lần", "No."), kind="num"),
            Column(label=words("Ngày giao", "Given"), nowrap=True),
            Column(label=words("Bên giao", "Giver")),
            Column(label=words("Bên nhận", "Receiver")),
            Column(label=words("Tình trạng", "State"), kind="text"),
            Column(label=words("In", "Print"), nowrap=True),
        ),
        rows=tuple(_hand_in_row(reader, one) for one in found),
    )


def _empty() -> Empty:
    return Empty(
        title=words("Chưa có lần giao nộp nào", "No hand-in yet"),
        text=words(
            "Hồ sơ nộp lưu trong 1 năm kể từ ngày công việc kết thúc.",
            "A file goes to the archive within a year after its work ended.",
        ),
        clause=str(marks.clause(words("Nghị định 30/2020, Điều 30", "Decree 30/2020, Article 30"))),
    )


def _kept() -> Notice:
    return Notice(
        tone="law",
        sign="lock",
        text=words(
            "Không hồ sơ nào tự hủy. Quyết định chỉ ghi số phận của hồ sơ và bản giấy; tệp trong kho văn bản"
            " giữ mãi, kể cả khi có quyết định hủy.",
            "No file is destroyed by itself. A decision records the fate of the file and its paper copies; what"
            " lies in the archive of papers stays for ever, also after a decision to destroy.",
        ),
    )


@group_page
def archive(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show what is late, what can be handed in, what waits for the archive, and what has run out."""
    group_id, viewer, today = reader.group.id, reader.viewer, reader.today
    late, over = handing_in.late(viewer, group_id, today), handing_in.run_out(viewer, group_id, today)
    hand_ins = handing_in.hand_ins(viewer, group_id)
    files = keeping.work_files(viewer, group_id)
    ready = [one for one in files if one.state is FileState.CLOSED and one.holder_id == group_id]
    shown = {
        "head": PageHead(
            title=words("Nộp lưu hồ sơ", "Files to the archive"),
            crumb=Link(label=words("Danh mục hồ sơ", "List of files"), href=reader.url("papers-plan")),
            meta=(
                words(f"{len(late)} quá hạn", f"{len(late)} late"),
                words(f"{len(ready)} chờ nộp", f"{len(ready)} ready"),
            ),
        ),
        "late": _late(reader, late) if late else None,
        "ready": [(one.id, f"{one.symbol} ({one.year})", one.title, term_of(one.term)) for one in ready],
        "hand_ins": _hand_ins(reader, hand_ins) if hand_ins else None,
        "empty": _empty(),
        "waiting": _waiting(reader, hand_ins),
        "over": _over(reader, over) if over else None,
        "over_choices": [(one.id, f"{one.symbol} ({one.year}): {one.title}"[:100]) for one in over],
        "decided": handing_in.fate_decided(viewer, group_id),
        "kept": _kept(),
        "hrefs": {"give": reader.url("papers-archive-give"), "fate": reader.url("papers-archive-fate")},
    }
    return render(request, "dean06/pages/folder_archive.html", shown)


def _waiting(reader: Reader, hand_ins: list[HandInInfo]) -> list[dict[str, object]]:
    return [
        {
            "id": one.id,
            "number": one.number,
            "giver": one.giver.name,
            "files": handing_in.files_of_hand_in(reader.viewer, one.id),
            "take": reader.url("papers-archive-take", one.id),
            "back": reader.url("papers-archive-back", one.id),
        }
        for one in hand_ins
        if one.waiting
    ]


def _known(reader: Reader, hand_in_id: int) -> HandInInfo:
    info = handing_in.one_hand_in(reader.viewer, hand_in_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    return info


def _done(reader: Reader, request: HttpRequest, vi: str, en: str) -> HttpResponseRedirect:
    messages.success(request, words(vi, en))
    return HttpResponseRedirect(reader.url("papers-archive"))


@require_POST
@group_page
def give(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Offer the chosen files to the archive; the reader signs as the giver."""
    chosen = [int(one) for one in request.POST.getlist("ho_so") if one.isdecimal()]
    known = {one.id for one in keeping.work_files(reader.viewer, reader.group.id)}
    if not set(chosen) <= known:
        raise Http404
    info = journey.hand_in(reader.account, reader.group, chosen, request.POST.get("tinh_trang", ""))
    return _done(
        reader,
        request,
        f"Đã lập lần giao nộp {info.number}, chờ lưu trữ ký nhận.",
        f"The hand-in {info.number} waits for the archive.",
    )


@require_POST
@group_page
def take(request: HttpRequest, reader: Reader, hand_in_id: int) -> HttpResponse:
    """Sign for the archive."""
    info = journey.take_over(reader.account, reader.group, _known(reader, hand_in_id).id)
    return _done(
        reader, request, f"Đã nhận lần giao nộp {info.number}.", f"The hand-in {info.number} is at the archive."
    )


@require_POST
@group_page
def send_back(request: HttpRequest, reader: Reader, hand_in_id: int) -> HttpResponse:
    """Send a hand-in back for a reason."""
    known = _known(reader, hand_in_id)
    info = journey.send_back(reader.account, reader.group, known.id, request.POST.get("vi_sao", ""))
    return _done(
        reader, request, f"Đã trả lại lần giao nộp {info.number}.", f"The hand-in {info.number} was sent back."
    )


@require_POST
@group_page
def fate(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Enter the decision about a file whose term is over."""
    given = request.POST
    file_id, more = given.get("ho_so", ""), given.get("them_nam", "")
    if not file_id.isdecimal() or keeping.work_file(reader.viewer, int(file_id)) is None:
        raise Http404
    outcome = Outcome.LONGER if given.get("ket_luan") == Outcome.LONGER else Outcome.DESTROY
    if more and not more.isdecimal():
        raise BadInput("Số năm thêm ghi bằng chữ số.", "Write the years in digits.")
    new = NewFate(
        outcome=outcome,
        instrument=given.get("so", ""),
        signed_on=day_given(given.get("ngay", ""), words("Ngày quyết định", "Date of the decision")),
        reason=given.get("vi_sao", ""),
        more_years=int(more or 0) if outcome is Outcome.LONGER else 0,
    )
    info = journey.decide_fate(reader.account, reader.group, int(file_id), new)
    return _done(
        reader, request, f"Đã ghi quyết định với hồ sơ {info.symbol}.", f"The decision about {info.symbol} is recorded."
    )


@group_page
def listed(_request: HttpRequest, reader: Reader, hand_in_id: int) -> HttpResponse:
    """Print the list of files handed in."""
    info = _known(reader, hand_in_id)
    pdf = printing.list_handed_in(reader.viewer, info.id, letterhead(reader), reader.now)
    return printed(pdf, f"muc-luc-nop-luu-{info.number}")


@group_page
def record(_request: HttpRequest, reader: Reader, hand_in_id: int) -> HttpResponse:
    """Print the record of giving and receiving."""
    info = _known(reader, hand_in_id)
    pdf = printing.record_of_hand_in(reader.viewer, info.id, letterhead(reader), reader.now)
    return printed(pdf, f"bien-ban-giao-nhan-{info.number}")
