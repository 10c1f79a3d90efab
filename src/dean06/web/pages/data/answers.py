"""Phải sửa: the rows an agency has to correct, answered on one page, by a file, or taken along as a package.

No value of a person stands here: each row leads to its place in the run, which opens for a stated purpose; the workbook
and the package hold the values, and taking them is recorded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.types import (
    DispositionInfo,
    DispositionKind,
    DispositionOutcome,
    FindingInfo,
    NewDisposition,
    OrderInfo,
)
from dean06.flows import answer_files, answering, handing_over_paper, packaging, pausing
from dean06.flows.answer_files import AnswerRow, BadRow
from dean06.offices import service as offices
from dean06.web import sheet, taking, writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.data import standing_still
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Misfilled, Slip, slips_of
from dean06.web.pages.titles import cause_title, compared_title, rule_title, severity_chip, source_title
from dean06.web.pages.uploads import chosen, file_name
from dean06.web.parts.page import Action, Empty, Link, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
TYPES = {"zip": "application/zip", "xlsx": sheet.TYPE}
COLUMNS = (
    taking.Column(code="finding", label="Mã sai lệch", spellings=("finding",), needed=True),
    taking.Column(code="seen", label="Dấu của giá trị đã thấy", spellings=("seen",)),
    taking.Column(code="disposition", label="Trả lời", spellings=("disposition",), needed=True),
    taking.Column(code="reason", label="Lý do", spellings=("reason",)),
    taking.Column(code="reference", label="Số văn bản", spellings=("reference",)),
)
OUTCOMES = {
    DispositionOutcome.WAITING: ("warn", "clock", "Chờ lần nộp sau", "Awaits a delivery"),
    DispositionOutcome.CONTRADICTED: ("bad", "no", "Lần nộp sau vẫn sai", "Contradicted"),
    DispositionOutcome.PROVED: ("ok", "ok", "Đã chứng minh", "Proved"),
    DispositionOutcome.UPHELD: ("bad", "warn", "Tổ giữ nguyên: phải sửa", "To be corrected all the same"),
}
NOTHING = ("mute", "none", "", "")
TO_DECIDE = frozenset({DispositionKind.NOT_OURS, DispositionKind.REFUSED})

__all__ = ["answers", "file", "holders_by_account", "signed_list", "take"]


def _chosen(reader: Reader, request: HttpRequest, orders: Sequence[OrderInfo]) -> OrderInfo | None:
    """Return the order whose rows are shown: the one asked for, else the first of the reader's own, else the first."""
    given = request.GET.get("don", "") or request.POST.get("don", "")
    own = [one for one in orders if one.agency in reader.own_agencies]
    named = next((one for one in orders if str(one.id) == given), None)
    return named or next(iter([*own, *orders]), None)


@group_page
def answers(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the open rows of one order with an answer for each, and keep what was answered."""
    orders = packaging.open_orders(reader.viewer, reader.group)
    order = _chosen(reader, request, orders)
    if request.method == "POST" and order is not None:
        return _answered(request, reader, orders, order)
    return _page(request, reader, orders, order)


def _page(
    request: HttpRequest,
    reader: Reader,
    orders: Sequence[OrderInfo],
    order: OrderInfo | None,
    slips: tuple[Slip, ...] = (),
) -> HttpResponse:
    may = answering.may_answer(reader.viewer, reader.group, order) if order else None
    shown: dict[str, object] = {
        "head": _head(reader, orders),
        "slips": slips,
        "orders": _orders(orders, order),
        "order": _order_words(reader, order) if order else None,
        "may": may is not None and may.allowed and not reader.ending,
        "answer": question(reader, may) if may and not may.allowed else None,
        "kinds": [(code, words(*told)) for code, told in corrections.kinds().items()],
        "reasons": [(code, words(*told)) for code, told in corrections.reasons().items()],
        "file_href": reader.url("answers-file"),
        "take_href": reader.url("answers-take"),
        "limit": taking.LIMIT_MB,
        "empty": Empty(
            title=words("Không còn dòng nào phải sửa", "No row is left to correct"),
            text=words(
                "Khi lần đối soát sau thấy sai lệch, đơn sửa của cơ quan bạn hiện ở đây.",
                "When the next run finds faults, your agency's orders appear here.",
            ),
            sign="ok",
        ),
        "handovers": _handovers(reader),
        **_on_paper(reader),
    }
    if order is not None:
        shown |= _rows(request, reader, order)
    return render(request, "dean06/pages/answers.html", shown, status=UNUSABLE if slips else 200)


def _head(reader: Reader, orders: Sequence[OrderInfo]) -> PageHead:
    left = sum(one.total - one.proved for one in orders)
    return PageHead(
        title=words("Phải sửa", "To correct"),
        crumb=Link(label=words("Sai lệch", "Discrepancies"), href=reader.url("findings")),
        meta=(
            words(f"{writing.number(left)} dòng còn phải sửa", f"{writing.number(left)} rows left"),
            words("trả lời chưa phải là đóng: chỉ lần nộp sau mới đóng", "only the next delivery closes a row"),
        ),
        actions=_head_actions(reader),
    )


def _head_actions(reader: Reader) -> tuple[Action, ...]:
    sheets = Action(label=words("Phiếu xác minh tại thôn", "Field sheets"), href=reader.url("visits"), sign="doc")
    decide = Action(label=words("Trả lời chờ tổ quyết", "Answers to decide"), href=reader.url("answers-decide"))
    return (sheets, decide) if reader.oversees else (sheets,)


def _orders(orders: Sequence[OrderInfo], current: OrderInfo | None) -> Facets:
    return Facets(
        label=words("Đơn sửa", "Orders"),
        items=tuple(
            Facet(
                label=words(
                    f"Đơn {one.number}: {cause_title(one.cause)}", f"Order {one.number}: {cause_title(one.cause)}"
                ),
                count=writing.number(one.total - one.proved),
                href=f"?{urlencode({'don': one.id})}",
                current=current is not None and one.id == current.id,
            )
            for one in orders
        ),
    )


def _order_words(reader: Reader, order: OrderInfo) -> dict[str, object]:
    still = pausing.standstills(reader.group, [order]).get(order.id)
    return {
        "id": order.id,
        "title": cause_title(order.cause),
        "number": order.number,
        "agency": reader.agency(order.agency),
        "agency_code": order.agency,
        "source": source_title(order.source, reader.contracts),
        "due": writing.day(still.due if still else order.due),
        "late": standing_still.late(order, still, reader.today),
        "paused": standing_still.told(order, still),
        "clause": packaging.clause_of(order),
        "task_href": reader.url("tasks-one", order.task_id) if order.task_id else "",
    }


def _rows(request: HttpRequest, reader: Reader, order: OrderInfo) -> dict[str, object]:
    found = corrections.open_findings([order.id])
    text = words(f"{writing.number(len(found))} dòng", f"{len(found)} rows")
    items, pager = sliced(found, page_number(request), SIZE, text=text, query=urlencode({"don": order.id}))
    latest = corrections.latest_answers(one.id for one in items)
    typed = request.POST
    return {
        "rows": [_row(reader, one, latest.get(one.id), typed) for one in items],
        "pager": pager if pager.pages > 1 else None,
        "page": pager.page,
    }


def _row(reader: Reader, one: FindingInfo, said: DispositionInfo | None, typed: Mapping[str, str]) -> dict[str, object]:
    run = int(one.last_run.removeprefix("L"))
    rule = rule_title(one.source, one.rule, reader.contracts)
    waiting = said if said and said.outcome is DispositionOutcome.WAITING else None
    tone, sign, vi, en = _stands(said)
    return {
        "id": one.id,
        "sheet": one.sheet,
        "dong": one.dong,
        "href": f"{reader.url('runs-one', run)}?{urlencode({'dong_so': one.dong})}",
        "field": compared_title(one.source, one.field, reader.contracts),
        "rule": "" if rule == one.rule else rule,
        "severity": severity_chip(one.severity),
        "kind": typed.get(f"tl-{one.id}", waiting.kind.value if waiting else ""),
        "reason": typed.get(f"ld-{one.id}", waiting.reason if waiting else ""),
        "reference": typed.get(f"vb-{one.id}", waiting.reference if waiting else ""),
        "state": chip(tone, words(vi, en), with_sign=sign) if vi else "",
    }


def _stands(said: DispositionInfo | None) -> tuple[str, str, str, str]:
    """Return what became of the last answer of a row; what the group has to decide waits for it, not for a list."""
    if said is None:
        return NOTHING
    if said.outcome is DispositionOutcome.WAITING and said.kind in TO_DECIDE:
        return ("ask", "clock", "Chờ tổ quyết", "Awaits the group")
    return OUTCOMES.get(said.outcome, NOTHING)


def _answered(request: HttpRequest, reader: Reader, orders: Sequence[OrderInfo], order: OrderInfo) -> HttpResponse:
    found = {str(one.id): one for one in corrections.open_findings([order.id])}
    rest = request.POST.get("moi_dong", "")
    said, asked = [], []
    for key in request.POST.getlist("dong"):
        kind = request.POST.get(f"tl-{key}", "") or rest
        if key in found and kind:
            asked.append(found[key])
            said.append(
                NewDisposition(
                    fingerprint=found[key].fingerprint,
                    kind=kind,
                    reason=request.POST.get(f"ld-{key}", ""),
                    reference=request.POST.get(f"vb-{key}", ""),
                )
            )
    if not said:
        slip = slips_of(Misfilled("moi_dong", "Chọn trả lời cho ít nhất một dòng.", "Answer at least one row."))
        return _page(request, reader, orders, order, slip)
    try:
        told = answering.answer(reader.viewer, reader.group, order.id, said, way="page", part=True)
    except BadInput as problem:
        return _page(request, reader, orders, order, slips_of(problem))
    if told.kept:
        messages.success(request, _thanks(len(told.kept)))
    if told.bad:
        slips = tuple(
            Slip(
                text=words(f"Dòng {asked[one.place].dong}: {one.vi}", f"Row {asked[one.place].dong}: {one.en}"),
                field=f"tl-{asked[one.place].id}",
            )
            for one in told.bad
        )
        return _page(request, reader, orders, order, slips)
    return HttpResponseRedirect(
        f"{reader.url('answers')}?{urlencode({'don': order.id, 'trang': page_number(request)})}"
    )


def _thanks(count: int) -> str:
    return words(
        f"Đã ghi trả lời cho {writing.number(count)} dòng. Nộp danh sách kỳ sau để chứng minh.",
        f"{count} rows are answered. Hand in the next list to prove it.",
    )


# ------------------------------------------------------------ files


@require_POST
@group_page
def file(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take in a file of answers: what can be kept is, and each bad row is named by row and column."""
    orders = packaging.open_orders(reader.viewer, reader.group)
    try:
        given = chosen(request, "tep", taking.LIMIT_MB)
        data, name = bytes(given.read()), file_name(given)
        table = taking.take(data, name, COLUMNS)
    except BadInput as problem:
        return _page(request, reader, orders, _chosen(reader, request, orders), slips_of(problem, "tep"))
    rows = [
        AnswerRow(
            number=row.number,
            finding=row.get("finding"),
            seen=row.get("seen"),
            disposition=row.get("disposition"),
            reason=row.get("reason"),
            reference=row.get("reference"),
        )
        for row in table.rows
    ]
    told = answer_files.take_in(reader.viewer, reader.group, hashlib.sha256(data).hexdigest(), rows)
    if not told.bad and told.before is None:
        messages.success(request, _thanks(told.kept)) if told.kept else messages.info(request, _nothing())
        return HttpResponseRedirect(reader.url("answers"))
    shown = {
        "head": PageHead(
            title=words("Tệp trả lời", "File of answers"),
            crumb=Link(label=words("Phải sửa", "To correct"), href=reader.url("answers")),
            meta=(name,),
        ),
        "told": told,
        "before": told.before and writing.instant(told.before.at),
        "table": _bad_table(name, told.bad) if told.bad else None,
        "back_href": reader.url("answers"),
    }
    return render(request, "dean06/pages/answer_file.html", shown, status=UNUSABLE if told.bad else 200)


def _nothing() -> str:
    return words("Tệp không có dòng nào được trả lời.", "No row of the file was answered.")


def _bad_table(name: str, bad: Sequence[BadRow]) -> Table:
    labels = {one.code: one.label for one in COLUMNS}
    return Table(
        caption=words(f"Các dòng chưa nhận được của tệp {name}", f"Rows of {name} that were not kept"),
        columns=(
            Column(label=words("Dòng", "Row"), kind="num"),
            Column(label=words("Cột", "Column"), nowrap=True),
            Column(label=words("Vì sao, làm gì", "Why, and what to do"), kind="text"),
        ),
        rows=tuple(
            Row(cells=(str(one.number), labels.get(one.field, one.field), words(one.vi, one.en))) for one in bad
        ),
    )


@require_POST
@group_page
def take(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Hand over the open rows of an agency, all or those of one order, as a package or a workbook; it is recorded."""
    kind, agency, one = (request.POST.get(name, "") for name in ("loai", "co_quan", "don"))
    orders = (int(one),) if one.isdecimal() else ()
    handed = packaging.hand_over(reader.viewer, reader.group, agency, kind, orders)
    response = HttpResponse(handed.content, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{handed.name}"'
    response["Cache-Control"] = "no-store"
    return response


def holders_by_account(reader: Reader) -> Mapping[str, str]:
    """Return the names of those who sit in the group, by account."""
    return {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today) if seat.account}


def _on_paper(reader: Reader) -> dict[str, object]:
    """Return the hand-overs whose list both sides may still be given to sign."""
    found = corrections.handovers(reader.viewer, reader.group.id, see_all=reader.see_all)[:10]
    left = [(one.number, f"BG-{one.number}, {reader.agency(one.agency)}") for one in found if one.paper_id is None]
    return {"unsigned": () if reader.ending else left, "sheet_href": reader.url("answers-list")}


@require_POST
@group_page
def signed_list(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Draft the list that both sides sign, filled in from a hand-over."""
    given = request.POST.get("lan", "")
    made = handing_over_paper.draft(reader.viewer, reader.group, int(given) if given.isdecimal() else 0)
    messages.success(request, words("Đã lập bảng bàn giao: soát lại rồi trình ký.", "The list is drafted: check it."))
    return HttpResponseRedirect(reader.url("papers-one", made.id))


def _handovers(reader: Reader) -> Table | None:
    found = corrections.handovers(reader.viewer, reader.group.id, see_all=reader.see_all)[:10]
    if not found:
        return None
    names = holders_by_account(reader)
    return Table(
        caption=words("Các lần bàn giao gần đây", "The last hand-overs"),
        columns=(
            Column(label=words("Lần", "No."), nowrap=True),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Lúc", "When"), nowrap=True),
            Column(label=words("Người nhận", "Taken by")),
            Column(label=words("Số dòng", "Rows"), kind="num"),
            Column(label=words("Tệp", "File"), kind="text"),
            Column(label=words("Bảng ký hai bên", "Signed list"), nowrap=True),
        ),
        rows=tuple(
            Row(
                cells=(
                    f"BG-{one.number}",
                    reader.agency(one.agency),
                    writing.instant(one.at),
                    names.get(one.by, ""),
                    writing.number(one.rows),
                    format_html(
                        '{}<small class="cell-note">SHA-256 <code>{}</code></small>',
                        one.file_name,
                        one.file_sha256[:16],
                    ),
                    link(words("Mở", "Open"), reader.url("papers-one", one.paper_id)) if one.paper_id else "",
                )
            )
            for one in found
        ),
    )
