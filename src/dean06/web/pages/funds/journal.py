"""Sổ kinh phí: every entry of the journal, to look at, to print, to take away; and the reversal of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.flows import funding
from dean06.funds.service import journal as face
from dean06.funds.service import sources
from dean06.funds.types import Account, Filters, Kind, MovementInfo
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.funds.money import names_of, year_asked, years_offered
from dean06.web.pages.listing import page_number
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Pager, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
KINDS = {
    Kind.ALLOTTED: ("Cấp", "Allotted"),
    Kind.RESERVED: ("Giữ cho đề nghị", "Reserved"),
    Kind.RELEASED: ("Thôi giữ", "Released"),
    Kind.SPENT: ("Chi", "Spent"),
    Kind.RETURNED: ("Trả lại, cắt giảm", "Given back"),
    Kind.CARRIED_OUT: ("Chuyển sang năm sau", "Carried out"),
    Kind.CARRIED_IN: ("Nhận từ năm trước", "Carried in"),
}
ACCOUNTS = {
    Account.BUDGET: ("ngân sách", "budget"),
    Account.AVAILABLE: ("còn lại", "left"),
    Account.RESERVED: ("đã duyệt", "approved"),
    Account.SPENT: ("đã chi", "spent"),
    Account.CARRIED: ("chuyển nguồn", "carried"),
}
UNDONE = (Kind.ALLOTTED, Kind.RETURNED)

__all__ = ["journal", "reverse"]


def _kind(one: MovementInfo) -> str:
    said = words(*KINDS[one.kind])
    if one.reverses is not None:
        return words(f"Đảo bút toán {one.reverses}", f"Reversal of {one.reverses}")
    if one.reversed_by is not None:
        return format_html(
            "{} {}",
            said,
            marks.chip("mute", words(f"đảo ở {one.reversed_by}", f"undone by {one.reversed_by}"), with_sign="left"),
        )
    return said


def _row(reader: Reader, one: MovementInfo, names: dict[str, str]) -> Row:
    paper = f"{one.paper}, {writing.day(one.paper_on)}" if one.paper else ""
    why = one.note
    if one.request_id is not None:
        where = reader.url("funds-request", one.request_id)
        label = words(f"đề nghị {one.request}", f"request {one.request}")
        why = format_html('<a href="{}">{}</a> {}', where, label, one.note)
    way = f"{words(*ACCOUNTS[one.taken_from])} → {words(*ACCOUNTS[one.given_to])}"
    return Row(
        cells=(
            str(one.number),
            writing.day(one.on),
            _kind(one),
            one.line,
            way,
            writing.number(one.amount),
            paper,
            why,
            names.get(one.account, ""),
        ),
        id=f"bt-{one.number}",
    )


def _table(reader: Reader, found: tuple[MovementInfo, ...]) -> Table:
    names = names_of(reader)
    return Table(
        caption=words("Sổ kinh phí, đồng", "Journal, in đồng"),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Ngày", "Day"), nowrap=True),
            Column(label=words("Bút toán", "Entry")),
            Column(label=words("Khoản", "Line"), kind="text"),
            Column(label=words("Từ → đến", "From → to"), nowrap=True),
            Column(label=words("Số tiền", "Sum"), kind="num"),
            Column(label=words("Chứng từ", "Document")),
            Column(label=words("Diễn giải", "What for"), kind="text"),
            Column(label=words("Người ghi", "Entered by")),
        ),
        rows=tuple(_row(reader, one, names) for one in found),
    )


HEADS = (
    ("Số", "No."),
    ("Ngày", "Day"),
    ("Bút toán", "Entry"),
    ("Nguồn", "Source"),
    ("Khoản", "Line"),
    ("Từ", "From"),
    ("Đến", "To"),
    ("Số tiền", "Sum"),
    ("Chứng từ", "Document"),
    ("Ngày chứng từ", "Dated"),
    ("Đề nghị số", "Request"),
    ("Diễn giải", "What for"),
    ("Đảo bút toán", "Reverses"),
    ("Người ghi", "Entered by"),
    ("Ghi lúc", "Entered at"),
)


def _workbook(reader: Reader, found: tuple[MovementInfo, ...], year: int) -> sheet.Sheet:
    names = names_of(reader)
    return sheet.Sheet(
        title=words(f"Sổ kinh phí năm {year}, {reader.group.name}", f"Journal of {year}, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}; đơn vị: đồng", f"{reader.today}; in đồng"),),
        header=tuple(words(vi, en) for vi, en in HEADS),
        rows=(
            (
                one.number,
                one.on,
                words(*KINDS[one.kind]),
                one.source,
                one.line,
                words(*ACCOUNTS[one.taken_from]),
                words(*ACCOUNTS[one.given_to]),
                one.amount,
                one.paper,
                one.paper_on,
                one.request,
                one.note,
                one.reverses,
                names.get(one.account, ""),
                one.at,
            )
            for one in found
        ),
    )


def _lines(reader: Reader, year: int) -> list[tuple[int, str]]:
    found = sources.sources(reader.viewer, reader.group.id, year)
    return [(line.id, f"{line.name} ({one.name})") for one in found for line in one.lines]


def _undoable(reader: Reader, found: tuple[MovementInfo, ...]) -> list[MovementInfo]:
    """Return the entries that are undone on this page: allotments and returns that stand."""
    if reader.ending:
        return []
    return [one for one in found if one.kind in UNDONE and one.reverses is None and one.reversed_by is None]


@group_page
def journal(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the journal of a year, narrowed to a line where one is asked for."""
    year, given = year_asked(request, reader), request.GET.get("khoan", "")
    line = int(given) if given.isdecimal() and len(given) < 12 else None
    filters = Filters(year=year, line_id=line)
    if sheet.asked(request):
        found, _ = face.movements(reader.viewer, reader.group.id, filters, size=sheet.MOST)
        return sheet.answer(request, _workbook(reader, found, year), f"so-kinh-phi-{year}-{reader.group.slug}")
    number = page_number(request)
    start = min((number - 1) * SIZE, sheet.MOST)
    found, total = face.movements(reader.viewer, reader.group.id, filters, start=start, size=SIZE)
    text = words(f"{writing.number(total)} bút toán", f"{writing.number(total)} entries")
    query = urlencode({"nam": year} | ({"khoan": line} if line else {}))
    shown = {
        "head": PageHead(
            title=words("Sổ kinh phí", "Journal of funds"),
            crumb=Link(label=words("Kinh phí", "Funds"), href=reader.url("funds")),
            meta=(words(f"năm {year}", str(year)), text),
            actions=sheet.offers(request),
        ),
        "year": year,
        "years": years_offered(reader, year),
        "lines": _lines(reader, year),
        "line": line,
        "found": found,
        "table": _table(reader, found),
        "pager": Pager(text=text, page=number, pages=max(1, -(-total // SIZE)), query=query) if total > SIZE else None,
        "undoable": _undoable(reader, found),
        "empty": Empty(
            title=words("Chưa có bút toán nào", "No entry yet"),
            text=words(
                "Ghi nguồn kinh phí ở trang Kinh phí: mỗi lần cấp, giữ, chi thành một bút toán, không sửa, không xóa.",
                "Enter a source on the page of funds: each allotment and payment becomes an entry, never changed.",
            ),
        ),
    }
    return render(request, "dean06/pages/funds/journal.html", shown)


@require_POST
@group_page
def reverse(request: HttpRequest, reader: Reader, movement_id: int) -> HttpResponse:
    """Undo an allotment by an entry of its own."""
    why = " ".join(request.POST.get("vi_sao", "").split())[:400]
    made = funding.reverse(reader.account, reader.group, movement_id, why, reason=request.POST.get("ly_do") or None)
    messages.success(request, words(f"Đã ghi bút toán đảo số {made.number}.", f"Entry {made.number} undoes it."))
    return HttpResponseRedirect(f"{reader.url('funds-journal')}?nam={made.year}")
