"""Phiếu xác minh: rows of an order by hamlet, a card a row on the phone or an A4 list, and the commune police's word.

Rows of people open for a stated purpose alone, and each look is recorded; a printing has its own number.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.corrections.types import OrderInfo
from dean06.flows import packaging, visiting
from dean06.places import service as places
from dean06.reconcile.errors import NotYours
from dean06.reconcile.service import faulty_rows, field_answers
from dean06.reconcile.types import FieldSheetInfo, Visit
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages.data.answers import holders_by_account
from dean06.web.pages.refusals import question
from dean06.web.pages.titles import cause_title, source_title
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.reader import Reader, group_page

STATES = {
    "claimed": ("warn", "clock", "Chờ Công an xã xác nhận", "Awaits the police"),
    "confirmed": ("ok", "ok", "Công an xã đã xác nhận", "Confirmed by the police"),
}

__all__ = ["confirm", "draw", "merge", "one", "print_out", "purpose", "record", "split", "visits"]


def _own(reader: Reader, sheet_id: int) -> FieldSheetInfo:
    try:
        return visiting.sheet(reader.viewer, reader.group, sheet_id)
    except NotYours:
        raise Http404 from None


def purpose_key(sheet_id: int) -> str:
    """Name the place in the session where a reader's purpose for a sheet is kept."""
    return f"muc_dich_phieu_{sheet_id}"


def _hamlet(told: FieldSheetInfo) -> str:
    return told.hamlet or words("Chưa rõ thôn", "Hamlet not known")


@group_page
def visits(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the sheets that stand, by order, and the orders of which sheets can be drawn up."""
    found = [one for one in visiting.seen(reader.viewer, reader.group) if not one.ended]
    orders = {one.id: one for one in packaging.open_orders(reader.viewer, reader.group)}
    held: dict[int, list[FieldSheetInfo]] = {}
    for one in found:
        held.setdefault(one.order, []).append(one)
    shown = {
        "head": PageHead(
            title=words("Phiếu xác minh tại thôn", "Field sheets by hamlet"),
            crumb=Link(label=words("Phải sửa", "To correct"), href=reader.url("answers")),
            meta=(words(f"{len(found)} phiếu đang dùng", f"{len(found)} sheets in use"),),
        ),
        "orders": _drawable(reader, orders.values()),
        "parts": [_part(reader, orders.get(order), some) for order, some in sorted(held.items(), reverse=True)],
        "draw_href": reader.url("visits-draw"),
        "merge_href": reader.url("visits-merge"),
        "empty": Empty(
            title=words("Chưa có phiếu xác minh nào", "No field sheet yet"),
            text=words(
                "Chọn một đơn sửa rồi lập phiếu: mỗi thôn, tổ dân phố một phiếu; địa chỉ không nêu thôn ở phiếu riêng.",
                "Choose an order and draw the sheets up: one a hamlet, those of no named hamlet apart.",
            ),
        ),
    }
    return render(request, "dean06/pages/visits.html", shown)


def _drawable(reader: Reader, orders: Collection[OrderInfo]) -> list[dict[str, object]]:
    """Return the orders for which the reader may draw sheets up; asked of the charter once an agency."""
    allowed = {
        agency
        for agency in {one.agency for one in orders}
        if not reader.ending and visiting.may_record(reader.viewer, reader.group, agency).allowed
    }
    return [
        {"id": one.id, "title": f"{one.number}: {cause_title(one.cause)}", "agency": reader.agency(one.agency)}
        for one in orders
        if one.agency in allowed
    ]


def _part(reader: Reader, order: OrderInfo | None, some: list[FieldSheetInfo]) -> dict[str, object]:
    named = f" {order.number}: {cause_title(order.cause)}" if order else ""
    return {
        "title": words("Đơn sửa số", "Order") + named if order else words("Đơn sửa đã xong", "An order that is done"),
        "source": source_title(some[0].source, reader.contracts),
        "agency": reader.agency(some[0].agency),
        "sheets": [_line(reader, one) for one in sorted(some, key=lambda one: one.number)],
    }


def _line(reader: Reader, one: FieldSheetInfo) -> dict[str, object]:
    count = words(f"{one.answered} trên {one.rows} đã ghi", f"{one.answered} of {one.rows} written")
    return {
        "id": one.id,
        "label": one.label,
        "href": reader.url("visits-one", one.id),
        "hamlet": _hamlet(one),
        "rows": one.rows,
        "count": format_html("{} {}", bar(one.answered, one.rows, "info"), count),
        "confirmed": one.confirmed,
        "prints": len(one.prints),
    }


# ------------------------------------------------------------ one sheet


@group_page
def one(request: HttpRequest, reader: Reader, sheet_id: int) -> HttpResponse:
    """Show one sheet: its rows as cards once a purpose is stated, the buttons of what was found, what waits."""
    told = _own(reader, sheet_id)
    why = str(request.session.get(purpose_key(sheet_id), ""))
    opened = visiting.open_sheet(reader.viewer, reader.group, sheet_id, purpose=why) if why else []
    live = not told.ended and not reader.ending
    records = live and visiting.may_record(reader.viewer, reader.group, told.agency).allowed
    answer = visiting.may_confirm(reader.viewer, reader.group, told) if live and opened else None
    confirms = answer is not None and answer.allowed
    codes = field_answers.codes()
    shown = {
        **_frame(reader, told),
        "why": why,
        "cards": [_card(reader, visit) for visit in opened],
        "records": records,
        "confirms": confirms and any(visit.answer and visit.answer.state == "claimed" for visit in opened),
        "answer": question(reader, answer)
        if answer and not answer.allowed and answer.role in _police(reader)
        else None,
        "buttons": [(code, words(vi, en)) for code, (vi, en, value) in codes.items() if not value],
        "valued": [(code, words(vi, en)) for code, (vi, en, value) in codes.items() if value],
        "urls": {
            name: reader.url(f"visits-{name}", told.id) for name in ("purpose", "record", "print", "split", "confirm")
        },
        "parts": range(2, min(told.rows, 6) + 1),
    }
    return render(request, "dean06/pages/visit.html", shown)


def _police(reader: Reader) -> frozenset[str]:
    return frozenset(seat.role for seat in reader.seats) & {"standing_deputy", "standing_member"}


def _frame(reader: Reader, told: FieldSheetInfo) -> dict[str, object]:
    names = holders_by_account(reader)
    return {
        "head": PageHead(
            title=words(f"Phiếu xác minh {told.label}", f"Field sheet {told.label}"),
            crumb=Link(label=words("Phiếu xác minh tại thôn", "Field sheets"), href=reader.url("visits")),
            meta=(
                _hamlet(told),
                source_title(told.source, reader.contracts),
                words(f"{told.rows} dòng", f"{told.rows} rows"),
            ),
        ),
        "sheet": told,
        "agency": reader.agency(told.agency),
        "hamlet": _hamlet(told),
        "prints": [
            {"edition": one.edition, "when": writing.instant(one.at), "who": names.get(one.by, "")}
            for one in reversed(told.prints)
        ],
    }


def _card(reader: Reader, visit: Visit) -> dict[str, object]:
    row, said = visit.row, visit.answer
    tone, sign, vi, en = STATES.get(said.state, ("mute", "none", "", "")) if said else ("mute", "none", "", "")
    codes = field_answers.codes()
    return {
        "id": visit.id,
        "place": visit.place,
        "name": row.beside["ho_ten"],
        "born": row.beside["ngay_sinh"],
        "address": row.beside["dia_chi"],
        "dong": row.dong,
        "cause": row.fix.cause,
        "field": row.field,
        "whole": row.field == faulty_rows.WHOLE_RECORD,
        "value": _worded(reader, row.fix.field, row.value),
        "registered": _worded(reader, row.fix.field, row.registered),
        "said": words(*codes[said.code][:2]) if said else "",
        "told": said.value if said else "",
        "answer": said.id if said else 0,
        "claimed": said is not None and said.state == "claimed",
        "confirmed": said is not None and said.state == "confirmed",
        "state": chip(tone, words(vi, en), with_sign=sign) if vi else "",
    }


def _worded(reader: Reader, field: str, value: str) -> str:
    if field == "ngay_sinh" and value:
        return writing.day(value)
    unit = places.unit(value, reader.today) if field == "noi_o" and value.isdecimal() else None
    return unit.name if unit else value


# ------------------------------------------------------------ acts


@require_POST
@group_page
def draw(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Draw up the sheets of an order, one a hamlet."""
    given = request.POST.get("don", "")
    if not given.isdecimal():
        raise BadInput("Chọn đơn sửa để lập phiếu.", "Choose the order.")
    made = visiting.draw_up(reader.viewer, reader.group, int(given))
    rows = sum(one.rows for one in made)
    text = words(f"Đã lập {len(made)} phiếu cho {rows} dòng.", f"{len(made)} sheets for {rows} rows are drawn up.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("visits"))


@require_POST
@group_page
def merge(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Put ticked sheets of one order together."""
    chosen = [int(one) for one in request.POST.getlist("phieu") if one.isdecimal()]
    if len(chosen) < 2:
        raise BadInput("Chọn từ hai phiếu của cùng một đơn sửa.", "Choose two or more sheets of one order.")
    for one_ in chosen:
        _own(reader, one_)
    made = visiting.merge(reader.viewer, reader.group, chosen)
    messages.success(request, words(f"Đã gộp thành phiếu {made.label}.", f"They are now sheet {made.label}."))
    return HttpResponseRedirect(reader.url("visits"))


@require_POST
@group_page
def split(request: HttpRequest, reader: Reader, sheet_id: int) -> HttpResponse:
    """Part a sheet among several people."""
    _own(reader, sheet_id)
    given = request.POST.get("phan", "")
    made = visiting.split(reader.viewer, reader.group, sheet_id, int(given) if given.isdecimal() else 0)
    labels = ", ".join(one.label for one in made)
    messages.success(request, words(f"Đã chia thành {labels}.", f"It is now {labels}."))
    return HttpResponseRedirect(reader.url("visits"))


@require_POST
@group_page
def purpose(request: HttpRequest, reader: Reader, sheet_id: int) -> HttpResponse:
    """Keep the reader's purpose for this sheet; every look from now on is recorded under it."""
    told = _own(reader, sheet_id)
    request.session[purpose_key(sheet_id)] = f"xác minh tại nhà theo phiếu {told.label}, {_said(request)}"[:200]
    return HttpResponseRedirect(reader.url("visits-one", sheet_id))


def _said(request: HttpRequest) -> str:
    said = " ".join(request.POST.get("ho_so", "").split())
    if not said:
        raise BadInput(
            "Ghi người đi xác minh hoặc số nhiệm vụ trước khi mở dòng dữ liệu.",
            "Say who goes, or under which task, before the rows open.",
        )
    return said


@require_POST
@group_page
def record(request: HttpRequest, reader: Reader, sheet_id: int) -> HttpResponse:
    """Write down what was found at one door."""
    _own(reader, sheet_id)
    post = request.POST
    row, place = post.get("dong", ""), post.get("thu_tu", "")
    if not row.isdecimal() or not place.isdecimal():
        raise BadInput("Chọn dòng trên phiếu.", "Choose a row of the sheet.")
    code = post.get("thay", "")
    value = (
        post.get("gia_tri", "") if any(code == one for one, told in field_answers.codes().items() if told[2]) else ""
    )
    visiting.record(reader.viewer, reader.group, sheet_id, (int(row), int(place)), code, value)
    return HttpResponseRedirect(f"{reader.url('visits-one', sheet_id)}#dong-{int(place)}")


@require_POST
@group_page
def print_out(request: HttpRequest, reader: Reader, sheet_id: int) -> HttpResponse:
    """Print a sheet: the printing gets a number, and reading its rows is recorded."""
    told = _own(reader, sheet_id)
    why = str(request.session.get(purpose_key(sheet_id), "")) or f"in phiếu xác minh {told.label}, {_said(request)}"
    made, opened = visiting.print_out(reader.viewer, reader.group, sheet_id, purpose=why)
    shown = {
        **_frame(reader, told),
        "edition": made.edition,
        "before": made.edition - 1,
        "when": writing.instant(made.at),
        "cards": [_card(reader, visit) for visit in opened],
        "buttons": [words(vi, en) for vi, en, value in field_answers.codes().values() if not value],
        "valued": [words(vi, en) for vi, en, value in field_answers.codes().values() if value],
    }
    answer = render(request, "dean06/pages/visit_print.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@group_page
def confirm(request: HttpRequest, reader: Reader, sheet_id: int) -> HttpResponse:
    """Confirm or reject, for the commune police, what others wrote down."""
    _own(reader, sheet_id)
    chosen = [int(one) for one in request.POST.getlist("tra_loi") if one.isdecimal()]
    confirms = request.POST.get("viec") == "xac_nhan"
    done = visiting.confirm(reader.viewer, reader.group, sheet_id, chosen, confirms=confirms)
    kept = words(f"Đã xác nhận {done} dòng.", f"{done} rows are confirmed.")
    back = words(f"Đã trả lại {done} dòng để xác minh lại.", f"{done} rows go back to be checked again.")
    messages.success(request, kept if confirms else back)
    return HttpResponseRedirect(reader.url("visits-one", sheet_id))
