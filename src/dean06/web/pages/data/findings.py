"""Sai lệch: what waits to be ordered, what is ordered, and where the faults are; handing one cause to its agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from dean06.charter import service as charters
from dean06.corrections import service as corrections
from dean06.corrections.types import OPEN_STATES, Filters, FindingInfo, OrderInfo, Page, Status
from dean06.flows import ordering, pausing
from dean06.flows.pausing import Standstill
from dean06.places import service as places
from dean06.reconcile.service import runs as matching
from dean06.web import sheet, writing
from dean06.web.language import words
from dean06.web.marks import bar, chip
from dean06.web.pages.clauses import citation_of, cite_basis
from dean06.web.pages.data.dispute import doubt
from dean06.web.pages.data.standing_still import due_of
from dean06.web.pages.listing import page_number, sliced
from dean06.web.pages.titles import cause_title, rule_title, severity_chip, severity_words, source_title
from dean06.web.parts.page import Action, Empty, PageHead
from dean06.web.parts.tables import Column, Facet, Facets, Pager, Row, Table
from dean06.web.reader import Reader, group_page

SIZE = 50
OPEN_ONES = frozenset({Status.OPEN, Status.REOPENED})
STATES = {
    Status.OPEN: ("warn", "clock", "Chưa sửa", "Open"),
    Status.REOPENED: ("bad", "warn", "Xuất hiện lại", "Came back"),
    Status.PROVED: ("ok", "ok", "Đã chứng minh", "Proved"),
    Status.WITHDRAWN: ("mute", "none", "Bỏ theo quy tắc", "Withdrawn"),
}

__all__ = ["findings", "order"]


def _own_sources(reader: Reader) -> frozenset[str]:
    return frozenset(code for code, held in reader.standing.items() if held.agency in reader.own_agencies)


def _page(reader: Reader, source: str, *, number: int = 1, size: int = SIZE) -> Page:
    """Return open faults the reader may see: all of the group, or those of the sources their agency answers for."""
    return corrections.findings(
        reader.viewer,
        reader.group.id,
        Filters(source=source, statuses=OPEN_ONES),
        see_all=reader.see_all,
        own_sources=_own_sources(reader),
        number=number,
        size=size,
    )


def _counts(reader: Reader) -> dict[str, int]:
    """Return the open faults the reader may see by source, the sum under no source."""
    counts = corrections.count_by_source(
        reader.viewer,
        reader.group.id,
        Filters(statuses=OPEN_ONES),
        see_all=reader.see_all,
        own_sources=_own_sources(reader),
    )
    return {"": sum(counts.values()), **counts}


def _orders(reader: Reader, source: str) -> list[OrderInfo]:
    found = corrections.orders(reader.viewer, reader.group.id, source=source, see_all=reader.see_all)
    return [one for one in found if one.voided_at is None]


def _waiting(reader: Reader, source: str) -> list[dict[str, object]]:
    found = corrections.waiting(
        reader.viewer, reader.group.id, source=source, see_all=reader.see_all, paused=reader.paused
    )
    due = {level: ordering.due_for(reader.group, level) for level in {one.severity for one in found}}
    return [
        {
            "title": cause_title(one.cause),
            "source": source_title(one.source, reader.contracts),
            "count": one.count,
            "severity": severity_chip(one.severity),
            "source_code": one.source,
            "cause": one.cause,
            "due": due[one.severity],
        }
        for one in found
    ]


def _commune(reader: Reader, code: str) -> str:
    unit = places.unit(code, reader.today) if code else None
    return unit.name if unit else code


def _why(reader: Reader, one: FindingInfo) -> str:
    """Say why a row is wrong: the cause, and under it the sentence of the rule that it breaks."""
    said = rule_title(one.source, one.rule, reader.contracts)
    if said == one.rule:  # a verdict of matching says no more than its cause
        return cause_title(one.cause)
    return format_html('{}<small class="cell-note">{} {}</small>', cause_title(one.cause), said, doubt(reader, one))


def _register(reader: Reader, one: FindingInfo, asked: Mapping[int, tuple[int, str]]) -> str:
    """Return the proposal that waits on a finding, or the way to make one where the register may be wrong."""
    if one.id in asked:
        proposal, label = asked[one.id]
        chip_of = chip("ask", words("đang xác minh", "being verified"), with_sign="clock")
        return format_html('<a href="{}">{}</a> {}', reader.url("proposals-one", proposal), label, chip_of)
    if one.rule not in corrections.DOUBTED or reader.ending:
        return ""
    said = words("Sổ sai?", "Register wrong?")
    return format_html('<a href="{}">{}</a>', reader.url("proposals-make", one.id), said)


def _state(reader: Reader, one: FindingInfo) -> tuple[str, str, str, str]:
    """Return how a finding stands; one whose rule rests waits."""
    rests = one.status in OPEN_STATES and (one.rule, one.field) in reader.paused.get(one.source, frozenset())
    return ("mute", "clock", "Tạm dừng", "At rest") if rests else STATES[one.status]


def _finding_row(
    reader: Reader, one: FindingInfo, groups: Mapping[int, int], asked: Mapping[int, tuple[int, str]]
) -> Row:
    tone, sign, vi, en = _state(reader, one)
    run = int(one.last_run.removeprefix("L"))
    href = f"{reader.url_at(groups.get(run), 'runs-one', run)}?{urlencode({'dong_so': one.dong})}"
    return Row(
        cells=(
            source_title(one.source, reader.contracts),
            _why(reader, one),
            severity_chip(one.severity),
            _commune(reader, one.commune),
            one.sheet,
            format_html('<a href="{}">{}</a>', href, one.dong),
            one.last_run,
            chip(tone, words(vi, en), with_sign=sign),
            _register(reader, one, asked),
        )
    )


def _findings_table(reader: Reader, found: Page, source: str) -> Table:
    text = words(f"{writing.number(found.total)} sai lệch", f"{writing.number(found.total)} in all")
    seen = (int(one.last_run.removeprefix("L")) for one in found.items)
    groups = matching.groups_of(seen) if reader.predecessors else {}
    asked = corrections.pending_on(reader.group.id, [one.id for one in found.items])
    return Table(
        caption=words("Sai lệch chưa sửa, theo dòng của tệp nộp", "Open discrepancies by row of the file"),
        columns=(
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Nguyên nhân", "Cause"), kind="text"),
            Column(label=words("Mức", "Severity"), nowrap=True),
            Column(label=words("Xã", "Commune")),
            Column(label=words("Trang tính", "Sheet")),
            Column(label=words("Dòng", "Row"), kind="num"),
            Column(label=words("Lượt", "Run"), nowrap=True),
            Column(label=words("Tình trạng", "State"), nowrap=True),
            Column(label=words("Sổ dân cư", "Register"), nowrap=True),
        ),
        rows=tuple(_finding_row(reader, one, groups, asked) for one in found.items),
        pager=Pager(
            text=text,
            page=found.number,
            pages=max(1, -(-found.total // SIZE)),
            query=urlencode({"nguon": source}) if source else "",
        ),
    )


def _order_row(reader: Reader, one: OrderInfo, still: Standstill | None) -> Row:
    count = words(f"{one.proved} trên {one.total}", f"{one.proved} of {one.total}")
    share = format_html("{} {}", bar(one.proved, one.total, "ok" if one.proved == one.total else "info"), count)
    href = reader.url("tasks-one", one.task_id) if one.task_id else ""
    return Row(
        cells=(
            format_html('<a href="{}">{}</a>', href, one.number) if href else str(one.number),
            source_title(one.source, reader.contracts),
            cause_title(one.cause),
            reader.agency(one.agency),
            cite_basis(reader, one, one.reading, text=reader.hash_at(one.opened_at)),
            writing.day(one.opened_at),
            due_of(one, still),
            share,
        )
    )


def _orders_table(reader: Reader, found: Sequence[OrderInfo], pager: Pager) -> Table:
    stills = pausing.standstills(reader.group, found)
    return Table(
        caption=words("Đơn sửa đã giao", "Orders"),
        columns=(
            Column(label=words("Đơn số", "Order"), kind="num"),
            Column(label=words("Nguồn", "Source")),
            Column(label=words("Nguyên nhân", "Cause"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Căn cứ", "Clause"), nowrap=True),
            Column(label=words("Giao ngày", "Set"), nowrap=True),
            Column(label=words("Hạn", "Last day"), nowrap=True),
            Column(label=words("Đã chứng minh", "Proved"), nowrap=True),
        ),
        rows=tuple(_order_row(reader, one, stills.get(one.id)) for one in found),
        pager=pager,
    )


def _sources(reader: Reader, source: str, view: str, counts: Mapping[str, int]) -> Facets:
    """Return the filter by source: those somebody answers for, and those with faults; faults carry their counts."""
    items = []
    for code in ["", *(one for one in reader.contracts.ids if one in reader.standing or one in counts)]:
        query = {"xem": view, "nguon": code}
        count = writing.number(counts.get(code, 0)) if view != "don" else ""
        items.append(
            Facet(
                label=source_title(code, reader.contracts) if code else words("Mọi nguồn", "All sources"),
                count=count,
                href=f"?{urlencode({key: value for key, value in query.items() if value})}",
                current=source == code,
            )
        )
    return Facets(label=words("Lọc theo nguồn", "Filter by source"), items=tuple(items))


def _views(source: str, view: str, counts: tuple[int, int]) -> Facets:
    named = (("", words("Sai lệch chưa sửa", "Open")), ("don", words("Đơn sửa đã giao", "Orders")))
    return Facets(
        label=words("Xem", "View"),
        items=tuple(
            Facet(
                label=label,
                count=writing.number(count),
                href=f"?{urlencode({key: value for key, value in {'xem': code, 'nguon': source}.items() if value})}",
                current=view == code,
            )
            for (code, label), count in zip(named, counts, strict=True)
        ),
    )


def _head(request: HttpRequest, reader: Reader, total: int) -> PageHead:
    to_correct = Action(label=words("Phải sửa, trả lời", "To correct"), href=reader.url("answers"), sign="pen")
    proposals = Action(
        label=words("Đề nghị điều chỉnh sổ", "Proposals on the register"),
        href=reader.url("proposals"),
        kind="quiet",
        sign="doc",
    )
    return PageHead(
        title=words("Sai lệch", "Discrepancies"),
        meta=(
            words(f"{writing.number(total)} sai lệch chưa sửa", f"{writing.number(total)} open"),
            words("chỉ lần nộp sau mới chứng minh đã sửa", "only the next delivery proves a correction"),
        ),
        actions=(to_correct, proposals, *sheet.offers(request)),
    )


@group_page
def findings(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show causes waiting, orders, and the faults the reader may see; no value of a person stands here."""
    source = request.GET.get("nguon", "")
    source = source if source in reader.contracts.ids else ""
    view = "don" if request.GET.get("xem") == "don" else ""
    orders = _orders(reader, source)
    if sheet.asked(request):
        made = _orders_sheet(reader, orders) if view else _findings_sheet(reader, source)
        return sheet.answer(request, made, f"{'don-sua' if view else 'sai-lech'}-{reader.group.slug}-{reader.today}")
    number = page_number(request)
    counts = _counts(reader)
    total = counts.get(source, 0)
    if view:
        text = words(f"{writing.number(len(orders))} đơn sửa", f"{len(orders)} orders")
        query = urlencode({key: value for key, value in {"xem": view, "nguon": source}.items() if value})
        table = _orders_table(reader, *sliced(orders, number, SIZE // 2, text=text, query=query))
    else:
        table = _findings_table(reader, _page(reader, source, number=number), source)
    shown = {
        "head": _head(request, reader, total),
        "waiting": _waiting(reader, source),
        "order_href": reader.url("findings-order"),
        "views": _views(source, view, (total, len(orders))),
        "facets": _sources(reader, source, view, counts),
        "table": table if table.rows else None,
        "empty": _empty(reader, view),
    }
    return render(request, "dean06/pages/findings.html", shown)


def _empty(reader: Reader, view: str) -> Empty:
    if view:
        return Empty(
            title=words("Chưa có đơn sửa nào trong phạm vi của bạn", "No order within what you may see"),
            text=words("Đơn sửa mở ra sau mỗi lượt đối soát.", "Orders follow each run."),
        )
    if not reader.oversees:
        return Empty(
            title=words("Không có sai lệch nào trong phạm vi của bạn", "Nothing within what you may see"),
            text=words(
                "Bạn thấy sai lệch của nguồn dữ liệu mà cơ quan bạn trả lời.",
                "You see discrepancies of the sources your agency answers for.",
            ),
        )
    return Empty(
        title=words("Không có sai lệch nào chưa sửa", "Nothing is open"),
        text=words("Sai lệch hiện ra sau mỗi lượt đối soát.", "Discrepancies appear after each run."),
        sign="ok",
    )


def _orders_sheet(reader: Reader, found: Sequence[OrderInfo]) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Đơn sửa đã giao, {reader.group.name}", f"Orders, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Đơn số", "Order"),
            words("Nguồn", "Source"),
            words("Nguyên nhân", "Cause"),
            words("Cơ quan", "Agency"),
            words("Căn cứ", "Clause"),
            words("Giao ngày", "Set"),
            words("Hạn", "Last day"),
            words("Đã chứng minh", "Proved"),
            words("Phải sửa", "To fix"),
        ),
        rows=(
            (
                one.number,
                source_title(one.source, reader.contracts),
                cause_title(one.cause),
                reader.agency(one.agency),
                charters.clause_label(citation_of(one)) if one.article else one.reading,
                one.opened_at,
                one.due,
                one.proved,
                one.total,
            )
            for one in found
        ),
    )


def _findings_sheet(reader: Reader, source: str) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Sai lệch chưa sửa, {reader.group.name}", f"Open discrepancies, {reader.group.name}"),
        notes=(
            writing.day(reader.today),
            source_title(source, reader.contracts) if source else words("Mọi nguồn", "All sources"),
        ),
        header=(
            words("Nguồn", "Source"),
            words("Nguyên nhân", "Cause"),
            words("Mức", "Severity"),
            words("Xã", "Commune"),
            words("Trang tính", "Sheet"),
            words("Dòng", "Row"),
            words("Lượt", "Run"),
            words("Tình trạng", "State"),
            words("Phát hiện", "Found"),
        ),
        rows=(
            (
                source_title(one.source, reader.contracts),
                cause_title(one.cause),
                severity_words(one.severity),
                _commune(reader, one.commune),
                one.sheet,
                one.dong,
                one.last_run,
                words(*_state(reader, one)[2:]),
                one.opened_at,
            )
            for one in _page(reader, source, size=sheet.MOST).items
        ),
    )


@require_POST
@group_page
def order(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Hand the open faults of one cause to the agency answerable; the charter says who may."""
    source, cause = request.POST.get("nguon", ""), request.POST.get("nguyen_nhan", "")
    reason = request.POST.get("ly_do") or None
    made = ordering.order_by_hand(reader.account, reader.group, source, cause, reason=reason)
    text = words(
        f"Đã giao đơn sửa số {made.number}: {writing.number(made.count)} dòng.",
        f"Order {made.number} is set: {made.count} rows.",
    )
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("tasks-one", made.task_id) if made.task_id else reader.url("findings"))
