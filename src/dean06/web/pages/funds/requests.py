"""Đề nghị chi: the list by state, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from dean06.clock.errors import BadInput
from dean06.flows import spending as flow
from dean06.funds.service import sources, spending
from dean06.funds.types import Filters, Item, RequestInfo, State
from dean06.web import marks, sheet, writing
from dean06.web.language import words
from dean06.web.pages.funds.money import given_sum, names_of, rows_given, rows_shown, whole_number
from dean06.web.pages.listing import page_number
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 25
ITEM = ("noi_dung", "so_luong", "don_vi", "don_gia")
STATES = {
    State.REQUESTED: ("warn", "clock", "Chờ duyệt", "Waits for approval"),
    State.APPROVED: ("info", "ok", "Đã duyệt", "Approved"),
    State.REFUSED: ("bad", "no", "Từ chối", "Refused"),
    State.CANCELLED: ("mute", "none", "Đã hủy", "Cancelled"),
    State.SETTLED: ("ok", "ok2", "Đã quyết toán", "Settled"),
}
VIEWS = (
    ("cho-duyet", "Chờ duyệt", "Waiting", frozenset({State.REQUESTED})),
    ("da-duyet", "Đã duyệt, chưa xong", "Approved", frozenset({State.APPROVED})),
    ("xong", "Đã xong", "Done", frozenset({State.SETTLED, State.REFUSED, State.CANCELLED})),
    ("", "Tất cả", "All", frozenset[State]()),
)

__all__ = ["new", "requests", "state_chip"]


def state_chip(state: State) -> str:
    """Show where a request stands."""
    tone, sign, vi, en = STATES[state]
    return marks.chip(tone, words(vi, en), with_sign=sign)


def _row(reader: Reader, one: RequestInfo, names: dict[str, str]) -> Row:
    return Row(
        cells=(
            str(one.number),
            marks.link(one.title, reader.url("funds-request", one.id)),
            one.line,
            writing.number(one.amount),
            writing.number(one.paid),
            state_chip(one.state),
            names.get(one.asked_by, "") or (reader.agency(one.asked_agency) if one.asked_agency else ""),
            writing.day(one.asked_at),
        )
    )


def _table(reader: Reader, found: tuple[RequestInfo, ...]) -> Table:
    names = names_of(reader)
    return Table(
        caption=words("Đề nghị chi", "Requests to spend"),
        columns=(
            Column(label=words("Số", "No."), nowrap=True),
            Column(label=words("Nội dung", "What for"), kind="text"),
            Column(label=words("Khoản", "Line")),
            Column(label=words("Đề nghị, đồng", "Asked, đồng"), kind="num"),
            Column(label=words("Đã chi", "Paid"), kind="num"),
            Column(label=words("Tình trạng", "State"), nowrap=True),
            Column(label=words("Người đề nghị", "Asked by")),
            Column(label=words("Ngày", "Day"), nowrap=True),
        ),
        rows=tuple(_row(reader, one, names) for one in found),
        heading=1,
    )


def _workbook(reader: Reader, found: tuple[RequestInfo, ...]) -> sheet.Sheet:
    names = names_of(reader)
    return sheet.Sheet(
        title=words(f"Đề nghị chi, {reader.group.name}", f"Requests to spend, {reader.group.name}"),
        notes=(words(f"Ngày {writing.day(reader.today)}; đơn vị: đồng", f"{reader.today}; in đồng"),),
        header=tuple(
            words(vi, en)
            for vi, en in (
                ("Số", "No."),
                ("Nội dung", "What for"),
                ("Căn cứ", "Ground"),
                ("Nguồn", "Source"),
                ("Khoản", "Line"),
                ("Đề nghị", "Asked"),
                ("Đã chi", "Paid"),
                ("Tình trạng", "State"),
                ("Người đề nghị", "Asked by"),
                ("Ngày", "Day"),
            )
        ),
        rows=(
            (
                one.number,
                one.title,
                one.ground,
                one.source,
                one.line,
                one.amount,
                one.paid,
                words(*STATES[one.state][2:]),
                names.get(one.asked_by, ""),
                one.asked_at,
            )
            for one in found
        ),
    )


@group_page
def requests(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the requests of the group by where they stand."""
    view = request.GET.get("xem", "")
    text = " ".join(request.GET.get("q", "").split())[:200]
    states = next((held for code, _, _, held in VIEWS if code == view), frozenset[State]())
    filters = Filters(states=states, text=text)
    if sheet.asked(request):
        found, _ = spending.requests(reader.viewer, reader.group.id, filters, size=sheet.MOST)
        return sheet.answer(request, _workbook(reader, found), f"de-nghi-chi-{reader.group.slug}-{reader.today}")
    number = page_number(request)
    found, total = spending.requests(
        reader.viewer, reader.group.id, filters, start=min((number - 1) * SIZE, sheet.MOST), size=SIZE
    )
    said = words(f"{writing.number(total)} đề nghị", f"{writing.number(total)} requests")
    query = urlencode({key: value for key, value in (("xem", view), ("q", text)) if value})
    shown = {
        "head": PageHead(
            title=words("Đề nghị chi", "Requests to spend"),
            crumb=Link(label=words("Kinh phí", "Funds"), href=reader.url("funds")),
            meta=(said,),
            actions=(_ask(reader), *sheet.offers(request)),
        ),
        "facets": _facets(reader, view, text),
        "view": view,
        "text": text,
        "found": found,
        "table": _table(reader, found),
        "pager": Pager(text=said, page=number, pages=max(1, -(-total // SIZE)), query=query) if total > SIZE else None,
        "empty": Empty(
            title=words("Không có đề nghị chi nào ở mục này", "No request here"),
            text=words(
                "Ai trong tổ cũng đề nghị được; người khác có thẩm quyền duyệt.",
                "Anybody of the group may ask; another with the power approves.",
            ),
            action=_ask(reader),
        ),
    }
    return render(request, "dean06/pages/funds/requests.html", shown)


def _ask(reader: Reader) -> Action:
    label = words("Lập đề nghị chi", "Ask for money")
    return Action(label=label, href=reader.url("funds-request-new"), kind="primary", sign="pen")


def _facets(reader: Reader, chosen: str, text: str) -> Facets:
    return Facets(
        label=words("Lọc đề nghị", "Filter requests"),
        items=tuple(
            Facet(
                label=words(vi, en),
                count=writing.number(
                    spending.requests(reader.viewer, reader.group.id, Filters(states=held, text=text), size=0)[1]
                ),
                href=f"?{urlencode({'xem': code, 'q': text})}",
                current=code == chosen,
            )
            for code, vi, en, held in VIEWS
        ),
    )


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form of a request, and enter what was filled in."""
    if request.method != "POST":
        return _form(request, reader)
    try:
        made = _made(request, reader)
    except BadInput as problem:
        return _form(request, reader, slips_of(problem, "ten"))
    messages.success(request, words(f"Đã lập đề nghị chi số {made.number}.", f"Request {made.number} is entered."))
    return HttpResponseRedirect(reader.url("funds-request", made.id))


def _made(request: HttpRequest, reader: Reader) -> RequestInfo:
    post, line = request.POST, request.POST.get("khoan", "")
    if not line.isdecimal() or len(line) > 12:
        raise Misfilled("khoan", "Chọn khoản kinh phí.", "Choose a budget line.")
    items = [
        Item(
            content=one["noi_dung"][:300],
            quantity=whole_number(one["so_luong"], words("số lượng", "quantity"), place),
            unit=one["don_vi"][:40],
            price=given_sum(one["don_gia"], words(f"Dòng {place}, đơn giá", f"Row {place}, price"), "chi-tiet"),
        )
        for place, one in enumerate(rows_given(post, ITEM), 1)
    ]
    title, ground = (" ".join(post.get(name, "").split()) for name in ("ten", "can_cu"))
    return flow.ask_for(reader.account, reader.group, int(line), title[:300], ground[:2000], items)


def _form(request: HttpRequest, reader: Reader, slips: tuple[Slip, ...] = ()) -> HttpResponse:
    found = sources.sources(reader.viewer, reader.group.id)
    lines = [
        (line.id, f"{line.name}: {words('còn', 'left')} {writing.number(line.available)} đ ({one.name})")
        for one in found
        if not one.closed
        for line in one.lines
    ]
    shown = {
        "head": PageHead(
            title=words("Lập đề nghị chi", "Ask for money"),
            crumb=Link(label=words("Đề nghị chi", "Requests"), href=reader.url("funds-requests")),
        ),
        "lines": lines,
        "rows": rows_shown(rows_given(request.POST, ITEM), ITEM),
        "typed": request.POST,
        "slips": slips,
        "empty": Empty(
            title=words("Chưa có khoản kinh phí nào đang mở", "No budget line is open"),
            text=words("Ghi nguồn kinh phí ở trang Kinh phí trước.", "Enter a source of money first."),
            action=Action(label=words("Kinh phí", "Funds"), href=reader.url("funds")),
        ),
    }
    return render(request, "dean06/pages/funds/request_new.html", shown, status=UNUSABLE if slips else 200)
