"""Trả lời chờ tổ quyết: rows that agencies refused or said are not theirs; they stay there, or go to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import ClaimCount, DispositionInfo, DispositionKind, FindingInfo, OrderInfo
from dean06.flows import answering, packaging, redirecting
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.refusals import question, reason_of
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import cause_title, compared_title, source_title
from dean06.web.parts.page import Empty, Link, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.reader import Reader, group_page

__all__ = ["decide"]


def _waiting(reader: Reader) -> list[DispositionInfo]:
    if not reader.oversees:
        return []
    refused = corrections.waiting_answers(reader.group.id, DispositionKind.REFUSED)
    return [*corrections.waiting_answers(reader.group.id, DispositionKind.NOT_OURS), *refused]


@group_page
def decide(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the answers that wait for the group, by order; leave ticked rows there or give them to another agency."""
    slips: tuple[Slip, ...] = ()
    if request.method == "POST":
        try:
            said = _decided(request, reader)
        except BadInput as problem:
            slips = slips_of(problem)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(reader.url("answers-decide"))
    orders = {one.id: one for one in packaging.open_orders(reader.viewer, reader.group)}
    found = {one.fingerprint: one for one in corrections.open_findings(orders)}
    waiting = [one for one in _waiting(reader) if one.fingerprint in found]
    first = next((orders[held] for one in waiting if (held := found[one.fingerprint].order_id) in orders), None)
    answer = redirecting.may_decide(reader.viewer, reader.group, first) if first else None
    shown = {
        "head": PageHead(
            title=words("Trả lời chờ tổ quyết", "Answers for the group to decide"),
            crumb=Link(label=words("Phải sửa", "To correct"), href=reader.url("answers")),
            meta=(words(f"{writing.number(len(waiting))} dòng", f"{len(waiting)} rows"),),
        ),
        "slips": slips,
        "parts": [_part(reader, order, waiting, found) for order in _with_answers(orders.values(), waiting, found)],
        "agencies": sorted(reader.agencies.items(), key=lambda pair: pair[1]),
        "answer": question(reader, answer) if answer and not answer.allowed else None,
        "claims": _claims(reader, corrections.claim_counts(reader.group.id)) if reader.oversees else None,
        "empty": Empty(
            title=words("Không có trả lời nào chờ tổ quyết", "No answer waits for the group"),
            text=words(
                "Dòng mà cơ quan trả lời «không sửa» hoặc «không thuộc cơ quan tôi» hiện ở đây.",
                "Rows that an agency refuses, or says are not its own, appear here.",
            ),
            sign="ok",
        ),
    }
    return render(request, "dean06/pages/answers_decide.html", shown, status=UNUSABLE if slips else 200)


def _with_answers(
    orders: Iterable[OrderInfo], waiting: Sequence[DispositionInfo], found: dict[str, FindingInfo]
) -> list[OrderInfo]:
    held = {found[one.fingerprint].order_id for one in waiting}
    return [one for one in orders if one.id in held]


def _part(
    reader: Reader, order: OrderInfo, waiting: Sequence[DispositionInfo], found: dict[str, FindingInfo]
) -> dict[str, object]:
    kinds, reasons = corrections.kinds(), corrections.reasons()
    return {
        "id": order.id,
        "number": order.number,
        "title": cause_title(order.cause),
        "source": source_title(order.source, reader.contracts),
        "agency": reader.agency(order.agency),
        "rows": [
            {
                "finding": one.fingerprint,
                "place": f"{row.sheet} {words('dòng', 'row')} {row.dong}".strip(),
                "field": compared_title(row.source, row.field, reader.contracts),
                "kind": words(*kinds[one.kind.value]),
                "reason": words(*reasons[one.reason]) if one.reason in reasons else "",
                "reference": one.reference,
                "when": writing.instant(one.at),
            }
            for one in waiting
            if (row := found[one.fingerprint]).order_id == order.id
        ],
    }


def _decided(request: HttpRequest, reader: Reader) -> str:
    post = request.POST
    rows, order_id = post.getlist("dong"), post.get("don", "")
    if not rows or not order_id.isdecimal():
        raise Misfilled("dong", "Chọn ít nhất một dòng.", "Choose at least one row.")
    answering.order_seen(reader.viewer, reader.group, int(order_id))
    if post.get("viec") == "giu":
        done = redirecting.uphold(reader.viewer, reader.group, int(order_id), rows, reason=reason_of(request))
        return words(f"{done} dòng ở lại cơ quan đang giữ: phải sửa.", f"{done} rows stay with their agency.")
    made = redirecting.move(
        reader.viewer, reader.group, int(order_id), rows, post.get("co_quan", ""), reason=reason_of(request)
    )
    agency = reader.agency(made.agency)
    return words(
        f"Đã giao {made.count} dòng cho {agency}: đơn sửa số {made.number}, hạn {writing.day(made.due)}.",
        f"{made.count} rows went to {agency}: order {made.number}, by {writing.day(made.due)}.",
    )


def _claims(reader: Reader, counted: Sequence[ClaimCount]) -> Table | None:
    if not counted:
        return None
    return Table(
        caption=words("Lời báo đã sửa và điều lần nộp sau cho thấy", "Words of correction and what lists showed"),
        columns=(
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Báo đã sửa", "Said"), kind="num"),
            Column(label=words("Đúng", "Proved"), kind="num"),
            Column(label=words("Không đúng", "Contradicted"), kind="num"),
            Column(label=words("Chờ lần nộp sau", "Awaits"), kind="num"),
        ),
        rows=tuple(
            Row(
                cells=(
                    reader.agency(one.agency),
                    *(writing.number(n) for n in (one.said, one.proved, one.contradicted, one.waiting)),
                )
            )
            for one in counted
        ),
    )
